import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { roleLetter } from '../letters.server.ts'
import { personAt } from '../persons.server.ts'
import { grantRole } from '../roles.server.ts'

export const permission: Permission = ['administrator']

/** Roles of the whole installation; those in an organisation or a body are given there. */
export const rolesToGive = ['expert', 'administrator'] as const

const schema = z.object({ email: emailAddress(), role: oneOf(rolesToGive) })

/** Makes somebody an expert or an administrator. They need an account, and are told. */
export async function giveRole(
  app: { database: Database },
  caller: Caller,
  given: unknown
): Promise<{ person: string; name: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email, role } = read.data
  return app.database.transaction().execute(async (transaction) => {
    const person = await personAt(transaction, email)
    if (!person) return invalid('email', 'people.roles.no-account')
    const held = await grantRole(transaction, person.id, { role })
    await record(transaction, {
      act: 'people.role-given',
      by: actorOf(caller),
      subject: { kind: 'person', id: person.id },
      payload: { role, held },
      about: [person.id]
    })
    await queueMail(transaction, roleLetter(person, role))
    return { person: person.id, name: person.name }
  })
}
