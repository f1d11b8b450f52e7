import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { Language } from '#shared/texts/language.ts'
import './people-tables.server.ts'

/**
 * Adds somebody whose address the installation itself vouches for: the people of the demonstration. They have no
 * password. Its entry in the audit log is the work of whoever calls this.
 * @returns people.person
 */
export async function addVouchedPerson(
  transaction: Database,
  person: { name: string; email: string; language: Language }
): Promise<string> {
  const { id } = await transaction
    .insertInto('people.person')
    .values({ ...person, email_confirmed_at: sql`clock_timestamp()` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
