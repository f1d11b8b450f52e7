import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'

/** Names of those who did something, by their ids. Who was erased is missing. */
export async function namesOf(
  database: Database,
  ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const persons = await personsOf(database, ids)
  return new Map([...persons].map(([id, { name }]) => [id, name]))
}
