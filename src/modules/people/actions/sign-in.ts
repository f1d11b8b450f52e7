import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { countAttempt, settleAttempts } from '../attempts.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { passwordLimits } from '../limits.server.ts'
import { hashPassword, verifyPassword } from '../password-hash.server.ts'
import { rehashPassword, typedPassword } from '../passwords.server.ts'
import { type Person, languageOf } from '../persons.server.ts'
import { digestOf } from '../secrets.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

const schema = z.object({ email: emailAddress(), password: typedPassword() })

/**
 * Signs somebody in by address and password. An unknown address and a wrong password are answered alike and take as
 * long. What somebody tries elsewhere never locks the owner out: limits.server.ts says who waits, and how long.
 */
export async function signIn(
  app: { database: Database },
  visit: Visit,
  given: unknown,
  { next, ceremony }: { next: string; ceremony?: string | undefined }
): Promise<Entered | Refused> {
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email, password } = read.data
  const { database } = app
  const account = await accountAt(database, email, visit)
  const limits = passwordLimits(email, visit, account?.knownDevice ?? false)
  const tooOften = await countAttempt(database, limits.counted)
  if (tooOften) return tooOften
  const verified = await verifyPassword(account?.encoded ?? undefined, password)
  if (isRefused(verified)) return verified
  if (!account || !verified.right) return invalid('', 'people.sign-in.wrong')

  await settleAttempts(database, limits)
  const anew = verified.outdated ? await hashPassword(password) : undefined
  const { person } = account
  return database.transaction().execute(async (transaction) => {
    if (typeof anew === 'string') await rehashPassword(transaction, person.id, anew)
    return letIn(transaction, person, visit, { secondFactor: false, next, ceremony })
  })
}

type Account = { person: Person; encoded: string | null; knownDevice: boolean }

/** All that is known of an address, in one statement: it takes as long where nothing is known. */
async function accountAt(database: Database, address: string, visit: Visit): Promise<Account | undefined> {
  const digest = digestOf(visit.knownDevice ?? '')
  const { rows } = await sql<
    Omit<Person, 'language'> & { language: string; encoded: string | null; known: boolean }
  >`
    select p.id, p.name, p.email, p.language, w.encoded, d.person is not null as known
    from people.person p
    left join people.password w on w.person = p.id
    left join people.known_device d on d.person = p.id and d.secret_digest = ${digest}
    where lower(p.email) = lower(${address}) and p.erased_at is null`.execute(database)
  const [found] = rows
  if (!found) return undefined
  const { id, name, email, language, encoded, known } = found
  return { person: { id, name, email, language: languageOf(language) }, encoded, knownDevice: known }
}
