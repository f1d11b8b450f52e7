import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { changeLetter } from '../letters.server.ts'
import { lockPerson, personAt } from '../persons.server.ts'
import { closeSessionsOf } from '../sessions.server.ts'

/** Nobody by the site: whoever has the machine, by ./kopa admin forget-codes, having checked who asks for it. */
export const permission: Permission = []

const schema = z.object({ email: emailAddress() })

/**
 * Takes one-time codes, recovery codes and passkeys from somebody who lost them: what they cannot use any more would
 * keep them from setting up another. They are signed out everywhere and told by mail.
 */
export async function forgetCodes(
  app: { database: Database },
  given: unknown
): Promise<{ person: string; name: string } | Refused> {
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  return app.database.transaction().execute(async (transaction) => {
    const known = await personAt(transaction, read.data.email)
    const person = known && (await lockPerson(transaction, known.id))
    if (!person) return invalid('email', 'people.roles.no-account')
    for (const table of ['people.one_time_code', 'people.recovery_code', 'people.passkey'] as const)
      await transaction.deleteFrom(table).where('person', '=', person.id).execute()
    await closeSessionsOf(transaction, person.id)
    await record(transaction, {
      act: 'people.codes-removed',
      by: { system: 'kopa admin forget-codes' },
      subject: { kind: 'person', id: person.id },
      payload: {},
      about: [person.id]
    })
    await queueMail(transaction, changeLetter(person, 'codes-removed'))
    return { person: person.id, name: person.name }
  })
}
