import type { Database } from '#shared/database/index.ts'

/** Names of those who did something, by their ids. Who was erased is missing. */
export async function namesOf(
  database: Database,
  ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('people.person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .where('erased_at', 'is', null)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
