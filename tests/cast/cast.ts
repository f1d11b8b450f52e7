import { randomUUID } from 'node:crypto'
import { callerOf, grantRole, openSession, rolesOf, sessionCookie } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type CastKey, cast as people } from '../../src/demo/cast.ts'
import { type Caller, type Nobody, type Role, type SignedIn, nobody } from '#shared/identity/index.ts'

/**
 * The people of the tests, called as in the demonstration (src/demo/cast.ts): Maria coordinates, Jonas is her
 * partner, Ana assesses, Petra decides, Līga looks after the installation, Ilze has an account and no role. Each is a
 * real person with a real session, and a `Caller` already acting in their role.
 */
export type Cast = {
  /** Representative of her school; may sign for it. */
  maria: SignedIn
  /** Member of another school. */
  jonas: SignedIn
  /** Expert. */
  ana: SignedIn
  /** Officer of the body, with a second factor. */
  petra: SignedIn
  /** Administrator, with a second factor. */
  liga: SignedIn
  /** Signed in, without any role. */
  ilze: SignedIn
  nobody: Nobody
  /** Where Maria and Jonas work (organisations.organisation, unless given only an id), and Petra's body. */
  places: Places
}

export type Places = { mariasSchool: string; jonasSchool: string; body: string }

/** Puts the cast into a database. @param places organisations and a body that exist, where the test needs them to */
export async function castOf(database: Database, places: Partial<Places> = {}): Promise<Cast> {
  const where: Places = { mariasSchool: randomUUID(), jonasSchool: randomUUID(), body: 'lv-viaa', ...places }
  const person = (key: CastKey, role?: Role) => {
    const { name, email, language } = people[key]
    return personActing(database, { name, email, language, ...(role && { role }) })
  }
  return {
    maria: await person('maria', { role: 'representative', organisation: where.mariasSchool }),
    jonas: await person('jonas', { role: 'member', organisation: where.jonasSchool }),
    ana: await person('ana', { role: 'expert' }),
    petra: await person('petra', { role: 'officer', body: where.body }),
    liga: await person('liga', { role: 'administrator' }),
    ilze: await person('ilze'),
    nobody,
    places: where
  }
}

type Somebody = {
  name: string
  /** Made of the name unless given. */
  email?: string
  language?: 'lv' | 'en'
  /** The role they hold and act in. */
  role?: Role
  /** Whether their session has a second factor; as their role asks, unless given. */
  secondFactor?: boolean
}

/** One more person for a test, signed in and acting in their role. */
export async function personActing(database: Database, somebody: Somebody): Promise<SignedIn> {
  const { name, role, language = 'lv', email = addressOf(name) } = somebody
  const { id } = await database
    .insertInto('people.person')
    .values({ name, email, language, email_confirmed_at: '2026-01-05T10:00:00Z' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const acting = role && (await grantRole(database, id, role))
  const secondFactor = somebody.secondFactor ?? (role?.role === 'officer' || role?.role === 'administrator')
  return callerWith(database, id, { secondFactor, ...(acting && { acting }) })
}

/** Somebody's Caller, anew: after a role was given or ended. Acts in the first role held. */
export async function callerAgain(database: Database, { person, secondFactor }: SignedIn): Promise<SignedIn> {
  const [first] = await rolesOf(database, person)
  return callerWith(database, person, { secondFactor, ...(first && { acting: first.held.id }) })
}

/**
 * Signs somebody in at a running site, in the role they act in.
 * @returns a cookie header for fetch
 */
export async function signIn(site: { app: { database: Database } }, somebody: SignedIn): Promise<string> {
  const { secret } = await openSession(site.app.database, somebody.person, {
    secondFactor: somebody.secondFactor,
    device: 'Test',
    ...(somebody.acting && { acting: somebody.acting.id })
  })
  return `${sessionCookie.plain}=${secret}`
}

async function callerWith(
  database: Database,
  person: string,
  how: { secondFactor: boolean; acting?: string }
): Promise<SignedIn> {
  const { secret } = await openSession(database, person, { ...how, device: 'Test' })
  const caller: Caller = await callerOf(database, new Headers({ cookie: `${sessionCookie.plain}=${secret}` }))
  if (caller.person === undefined) throw new Error(`No session was opened for ${person}`)
  return caller
}

// 'Līga Kalniņa' → liga.kalnina@example.org
function addressOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return `${plain.replace(/[^a-z]+/g, '.')}@example.org`
}
