import { z } from 'zod'
import type { Temporal } from 'temporal-polyfill'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { linkPath, roleLetter } from '../letters.server.ts'
import { makeLink } from '../links.server.ts'
import { keptPassword } from '../passwords.server.ts'
import { personName } from '../person-name.server.ts'
import { personAt } from '../persons.server.ts'
import { grantRole, rolesOf } from '../roles.server.ts'

/** Nobody by the site: whoever has the machine, by ./kopa admin create. */
export const permission: Permission = []

const schema = z.object({ email: emailAddress(), name: personName() })

/** How long the link works that the operator hands over, in hours. */
export const firstLinkHours = 72

/** An administrator. `path`: where they choose a password, for whoever has none yet. */
export type CreatedAdministrator = {
  person: string
  name: string
  existed: boolean
  path: string | undefined
  expires: Temporal.Instant | undefined
}

/** Makes somebody an administrator of this installation, with an account if they have none. */
export async function createAdministrator(
  app: { database: Database },
  given: unknown,
  language: Language
): Promise<CreatedAdministrator | Refused> {
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email, name } = read.data
  return app.database.transaction().execute(async (transaction) => {
    const known = await personAt(transaction, email)
    const person = known?.id ?? (await insertPerson(transaction, { email, name, language }))
    const already = (await rolesOf(transaction, person)).some(({ held }) => held.role === 'administrator')
    const role = await grantRole(transaction, person, { role: 'administrator' })
    await record(transaction, {
      act: 'people.role-given',
      by: { system: 'kopa admin create' },
      subject: { kind: 'person', id: person },
      payload: { role: 'administrator', held: role },
      about: [person]
    })
    // Whose account it is learns of it, in case nobody asked them.
    if (known && !already) await queueMail(transaction, roleLetter(known, 'administrator'))
    const done = { person, name: known?.name ?? name, existed: known !== undefined }
    if (await keptPassword(transaction, person)) return { ...done, path: undefined, expires: undefined }
    const link = { opens: 'password', person, email: known?.email ?? email, language } as const
    const { secret, expires } = await makeLink(transaction, link, firstLinkHours)
    return { ...done, path: `${language}/${linkPath.password}?link=${secret}`, expires }
  })
}

async function insertPerson(
  transaction: Database,
  person: { email: string; name: string; language: Language }
): Promise<string> {
  const { id } = await transaction
    .insertInto('people.person')
    .values(person)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
