import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Permission, nobody } from '#shared/identity/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { findLink, refusedLink, useLink } from '../links.server.ts'
import type { IsLeaked } from '../leaked-passwords.server.ts'
import { hashPassword } from '../password-hash.server.ts'
import { passwordProblem } from '../password-rules.server.ts'
import { keepPassword, typedPassword } from '../passwords.server.ts'
import { lockPerson, personOf } from '../persons.server.ts'
import { closeSessionsOf } from '../sessions.server.ts'
import type { Visit } from '../visit.server.ts'
import { endWhatIsOpen, forgetAddedLately } from '../ways-in.server.ts'

/** Whoever has the link that was mailed to the account's address. */
export const permission: Permission = 'public'

const schema = z.object({ password: typedPassword(), keep: ticked() })

/**
 * Sets a new password by a mailed link. Whoever was signed in is signed out everywhere, and what was added lately to
 * sign in by is gone, unless the owner says that it is theirs (`keep`). A second factor that stays is still asked for.
 */
export async function setPassword(
  app: { database: Database; isLeaked?: IsLeaked },
  visit: Visit,
  secret: string,
  given: unknown
): Promise<Entered | Refused> {
  const found = await findLink(app.database, 'password', secret)
  if (found.state !== 'good') return refusedLink(found)!
  const person = await personOf(app.database, found.link.person!)
  if (!person) return refusedLink({ state: 'unknown' })!
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { password, keep } = read.data
  const problem = await passwordProblem('password', password, [person.name, person.email], app.isLeaked)
  if (problem) return refused('invalid', { problems: [problem] })
  const encoded = await hashPassword(password)
  if (isRefused(encoded)) return encoded

  return app.database.transaction().execute(async (transaction) => {
    await lockPerson(transaction, person.id)
    const used = await useLink(transaction, 'password', secret)
    if (used.state !== 'good') return refusedLink(used)!
    await keepPassword(transaction, person.id, encoded)
    await transaction
      .updateTable('people.person')
      .set({ email_confirmed_at: sql`coalesce(email_confirmed_at, clock_timestamp())` })
      .where('id', '=', person.id)
      .execute()
    await endWhatIsOpen(transaction, person.id)
    if (!keep) await forgetAddedLately(transaction, person.id)
    await closeSessionsOf(transaction, person.id)
    await noteAndTell(transaction, person, nobody, 'password-changed')
    const next = used.link.next ?? `/${person.language}`
    return letIn(transaction, person, visit, { secondFactor: false, byMail: true, next })
  })
}
