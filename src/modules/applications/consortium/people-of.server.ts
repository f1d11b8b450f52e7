import { idsOfRecord } from '#server/organisations'
import { personsOf, rolesIn } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { To } from './letters.server.ts'

/** Who works for an organisation, to write to them: those who may sign, else all. */
export async function peopleOf(
  database: Database,
  organisation: string
): Promise<(To & { person: string })[]> {
  const records = await idsOfRecord(database, organisation)
  const roles = (await Promise.all(records.map((id) => rolesIn(database, { organisation: id })))).flat()
  const signing = roles.filter(({ held }) => held.role === 'representative')
  const people = await personsOf(
    database,
    (signing.length > 0 ? signing : roles).map(({ person }) => person)
  )
  return [...people.values()].map(({ id, email, language }) => ({ person: id, email, language }))
}
