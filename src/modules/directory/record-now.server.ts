import { organisationByCode, organisationNames } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'

/** The id of the record that an organisation is today: another one, once it was merged into that. */
export async function recordNow(database: Database, organisation: string): Promise<string | undefined> {
  const known = (await organisationNames(database, [organisation], 'lv')).get(organisation)
  return known && (await organisationByCode({ database }, known.code))?.id
}
