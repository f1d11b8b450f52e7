import { idsOfRecords } from '#server/organisations'
import { type RoleHeld, personsOf, rolesInAll } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type Caller, may } from '#shared/identity/index.ts'
import { type Outline, type Participant, coordinatorOf } from '../application.ts'
import '../applications-tables.server.ts'
import type { To } from './letters.server.ts'

/** Somebody with an account, to write to. */
export type ToPerson = To & { person: string }

/** The organisations that take part, having agreed. */
export function organisationsIn({ participants }: Outline): string[] {
  return participants.flatMap(({ organisation, state }) =>
    state === 'accepted' && organisation ? [organisation] : []
  )
}

/** Who works for an organisation, to write to them: those who may sign, else all. */
export async function peopleOf(database: Database, organisation: string): Promise<ToPerson[]> {
  return (await peopleOfAll(database, [organisation])).get(organisation) ?? []
}

/** The same of many organisations, in as few statements as of one. */
export async function peopleOfAll(
  database: Database,
  organisations: readonly string[]
): Promise<ReadonlyMap<string, ToPerson[]>> {
  const roles = await rolesInEach(database, organisations)
  const people = await personsOf(
    database,
    [...roles.values()].flat().map(({ person }) => person)
  )
  return new Map(
    [...roles].map(([organisation, held]) => {
      return [
        organisation,
        [...writtenTo(held)].flatMap((id) => {
          const one = people.get(id)
          return one ? [{ person: id, email: one.email, language: one.language }] : []
        })
      ]
    })
  )
}

/** Of those who work for an organisation the ones that are written to: those who may sign, else all. */
export function writtenTo(held: readonly RoleHeld[]): Set<string> {
  const signing = held.filter(({ held: { role } }) => role === 'representative')
  return new Set((signing.length > 0 ? signing : held).map(({ person }) => person))
}

/** Who is told what came of asking a partner: who asked it, while they work for the coordinator, else its people. */
export async function whoAsked(database: Database, outline: Outline, participant: string): Promise<string[]> {
  const row = await database
    .selectFrom('applications.participant')
    .select('added_by')
    .where('id', '=', participant)
    .executeTakeFirst()
  const coordinator = coordinatorOf(outline).organisation
  if (coordinator === null) return []
  const there = await rolesFor(database, coordinator)
  if (row && there.some(({ person }) => person === row.added_by)) return [row.added_by]
  return (await peopleOf(database, coordinator)).map(({ person }) => person)
}

/**
 * Whether somebody says what the rules ask about a participant: its own people, else the coordinator's, so that no
 * fact stays open because nobody can tell it.
 */
export async function speaksFor(database: Database, own: Participant, one: Participant): Promise<boolean> {
  if (one.id === own.id) return true
  if (own.role !== 'coordinator') return false
  return one.organisation === null || (await peopleOf(database, one.organisation)).length === 0
}

/**
 * Whether a partner has people here by now, who answer in their accounts. A link was mailed to an address that the
 * coordinator wrote down, when there was nobody: it does not speak for them.
 */
export async function answersInAccount(
  database: Database,
  caller: Caller,
  { organisation }: Participant
): Promise<boolean> {
  if (organisation === null) return false
  if (may(caller, ['representative'], { organisation })) return false
  return (await peopleOf(database, organisation)).length > 0
}

async function rolesFor(database: Database, organisation: string): Promise<RoleHeld[]> {
  return (await rolesInEach(database, [organisation])).get(organisation) ?? []
}

/** Who holds a role in organisations, in whichever of the records that each of them is by now. */
export async function rolesInEach(
  database: Database,
  organisations: readonly string[]
): Promise<ReadonlyMap<string, RoleHeld[]>> {
  const records = await idsOfRecords(database, organisations)
  const roles = await rolesInAll(database, [...records.values()].flat())
  return new Map(
    [...records].map(([organisation, ids]) => [
      organisation,
      roles.filter(({ held }) => 'organisation' in held && ids.includes(held.organisation))
    ])
  )
}
