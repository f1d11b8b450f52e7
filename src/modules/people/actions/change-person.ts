import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { oneOf } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { languages } from '#shared/texts/language.ts'
import { noteChange } from '../changes.server.ts'
import { personName } from '../person-name.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ name: personName(), language: oneOf(languages) })

/** Changes what somebody is called, and in which language they are written to. */
export async function changePerson(
  app: { database: Database },
  caller: Caller,
  given: unknown
): Promise<{ name: string; language: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name, language } = read.data
  await app.database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('people.person')
      .set({ name, language })
      .where('id', '=', caller.person)
      .execute()
    if (name !== caller.name) await noteChange(transaction, caller.person, caller, 'renamed', { name })
  })
  return { name, language }
}
