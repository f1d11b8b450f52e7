import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Problem, type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, type PersonalData, actorOf } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { erasedLetter } from '../letters.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'

export const permission: Permission = ['person']

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'people.erased': { person: string }
  }
}

const schema = z.object({ email: line(254) })

/**
 * Erases the caller: every module lets go of what it may, in one transaction. What the law makes stay, stays without
 * their name. They type their address, so that it is not done by a slip.
 */
export async function erasePerson(
  app: { database: Database; personalData: readonly PersonalData[] },
  caller: Caller,
  given: unknown
): Promise<{ erased: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    if (read.data.email.toLowerCase() !== person.email.toLowerCase())
      return invalid('email', 'people.erase.another-address')
    const problems = await hindrances(transaction, app.personalData, person.id)
    if (problems.length > 0) return refused('not-now', { problems })
    // Before the modules erase: the audit log lets go of its payloads about them, too.
    await record(transaction, {
      act: 'people.erased',
      by: actorOf(owner.caller),
      subject: { kind: 'person', id: person.id },
      payload: {}
    })
    for (const { erases } of app.personalData) await erases(transaction, person.id)
    await announce(transaction, 'people.erased', { person: person.id })
    await queueMail(transaction, erasedLetter(person))
    return { erased: person.id }
  })
}

/** Why somebody cannot be erased yet, from all modules at once. */
export async function hindrances(
  database: Database,
  personalData: readonly PersonalData[],
  person: string
): Promise<Problem[]> {
  const found = []
  for (const { hinders } of personalData) found.push(await hinders?.(database, person))
  return found.filter((problem) => problem !== undefined)
}
