/** better-auth (core, e-mail and password) on the product's own database server, with the product's password hash. */
import { betterAuth as create } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { hashPassword, verifyPassword } from '../../src/modules/people/password-hash.server.ts'
import type { DatabaseServer } from '../../src/shared/database/index.ts'

export type Peer = {
  signIn: () => Promise<unknown>
  session: () => Promise<unknown>
  stop: () => Promise<void>
}

export async function betterAuth(
  server: DatabaseServer,
  person: { email: string; password: string; name: string }
): Promise<Peer> {
  const pool = new pg.Pool({ ...server, max: 10, options: '-c search_path=better_auth' })
  // The database is stopped under it when the benchmark fails.
  pool.on('error', () => {})
  await pool.query('create schema if not exists better_auth')
  const options = {
    database: pool,
    baseURL: 'http://localhost:3000',
    secret: 'only for this benchmark, and long enough',
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      password: {
        hash: async (password: string) => (await hashPassword(password)) as string,
        verify: async ({ hash, password }: { hash: string; password: string }) => {
          const verified = await verifyPassword(hash, password)
          return 'right' in verified && verified.right
        }
      }
    }
  }
  const { runMigrations } = await getMigrations(options)
  await runMigrations()
  const auth = create(options)
  await auth.api.signUpEmail({ body: person })
  const { email, password } = person
  const signIn = () => auth.api.signInEmail({ body: { email, password }, asResponse: true })
  const answer = await signIn()
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const headers = new Headers({ cookie })
  if (!(await auth.api.getSession({ headers }))) throw new Error('better-auth does not know its own session')
  return { signIn, session: () => auth.api.getSession({ headers }), stop: () => pool.end() }
}
