import { type Kysely, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database, Tables } from '#shared/database/index.ts'
import type { HeldRole, Role } from '#shared/identity/index.ts'
import { sayNarrowed } from './narrowed.server.ts'
import './people-tables.server.ts'

/** A role that somebody holds or held. `until` is the first moment at which they no longer do. */
export type RoleHeld = {
  held: HeldRole
  person: string
  from: Temporal.Instant
  until: Temporal.Instant | null
  /** The role this one stands in for. */
  insteadOf: string | null
}

type Period = { from?: Temporal.Instant; until?: Temporal.Instant; insteadOf?: string }

/**
 * Gives somebody a role. Whether that is allowed, and its entry in the audit log, are the work of the action that
 * calls this in its transaction. Who holds the same role without an end keeps it, from whichever beginning is the
 * earlier, also when it is given twice at once.
 * @returns people.role
 */
export async function grantRole(
  transaction: Database,
  person: string,
  role: Role,
  period: Period = {}
): Promise<string> {
  const [organisation, body] = placeOf(role)
  const { from, until, insteadOf } = period
  const begins = from ? sql`${from.toString()}::timestamptz` : sql`clock_timestamp()`
  const { rows } = await sql<{ id: string }>`
    insert into people.role as held (person, role, organisation, body, from_at, until_at, instead_of)
    values (${person}, ${role.role}, ${organisation}, ${body}, ${begins}, ${until?.toString() ?? null}, ${insteadOf ?? null})
    on conflict (person, role, coalesce(organisation::text, ''), coalesce(body, ''))
      where until_at is null and instead_of is null
      do update set from_at = least(held.from_at, excluded.from_at)
    returning id`.execute(transaction)
  return rows[0]!.id
}

/** Ends a role now, and those that stand in for it. Sessions that act in it act as the person only. */
export async function endRole(transaction: Database, id: string): Promise<void> {
  await transaction
    .updateTable('people.role')
    .set({ until_at: sql`greatest(from_at, clock_timestamp())` })
    .where((where) => where.or([where('id', '=', id), where('instead_of', '=', id)]))
    .where((where) =>
      where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
    )
    .execute()
  await sayNarrowed(transaction)
}

/** Who holds a role in an organisation or a body now, in the order in which they began. */
export async function rolesIn(
  database: Database,
  place: { organisation: string } | { body: string }
): Promise<RoleHeld[]> {
  if ('organisation' in place) return rolesInAll(database, [place.organisation])
  const rows = await inForce(database)
    .where('body', '=', place.body)
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  return rows.map(toRoleHeld)
}

/** Who holds a role in any of these organisations now, in the order in which they began. */
export async function rolesInAll(database: Database, organisations: readonly string[]): Promise<RoleHeld[]> {
  const rows = await inForce(database)
    .where('organisation', '=', sql<string>`any(${organisations}::uuid[])`)
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  return rows.map(toRoleHeld)
}

/** All roles that somebody holds now. */
export async function rolesOf(database: Database, person: string): Promise<RoleHeld[]> {
  return (
    await inForce(database).where('person', '=', person).orderBy('from_at').orderBy('id').execute()
  ).map(toRoleHeld)
}

/** Roles in an organisation that are given already and begin later, the next one first. */
export async function rolesToCome(database: Database, organisation: string): Promise<RoleHeld[]> {
  const rows = await database
    .selectFrom('people.role')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('from_at', '>', sql<never>`clock_timestamp()`)
    .where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', where.ref('from_at'))]))
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  return rows.map(toRoleHeld)
}

/**
 * Moves every role of one organisation to another, when the two turned out to be one. What somebody holds in both
 * stays where it was besides.
 * @param only of those, only these
 * @returns the roles that were moved, so that they can be moved back
 */
export async function moveRoles(
  transaction: Database,
  from: string,
  to: string,
  only?: readonly string[]
): Promise<string[]> {
  const moved = await transaction
    .updateTable('people.role as moving')
    .set({ organisation: to })
    .where('organisation', '=', from)
    .where(
      sql<boolean>`(moving.until_at is not null or moving.instead_of is not null or not exists (
        select from people.role there where there.organisation = ${to}::uuid and there.person = moving.person
          and there.role = moving.role and there.until_at is null and there.instead_of is null))`
    )
    .$if(only !== undefined, (query) =>
      query.where('id', 'in', only!.length > 0 ? [...only!] : [null as never])
    )
    .returning('id')
    .execute()
  await sayNarrowed(transaction)
  return moved.map(({ id }) => id)
}

function inForce(database: Kysely<Tables>) {
  return database
    .selectFrom('people.role')
    .selectAll()
    .where('from_at', '<=', sql<never>`clock_timestamp()`)
    .where((where) =>
      where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
    )
}

function placeOf(role: Role): [organisation: string | null, body: string | null] {
  return ['organisation' in role ? role.organisation : null, 'body' in role ? role.body : null]
}

type Row = {
  id: string
  person: string
  role: Role['role']
  organisation: string | null
  body: string | null
  from_at: Temporal.Instant
  until_at: Temporal.Instant | null
  instead_of: string | null
}

function toRoleHeld(row: Row): RoleHeld {
  return {
    held: toHeldRole(row),
    person: row.person,
    from: row.from_at,
    until: row.until_at,
    insteadOf: row.instead_of
  }
}

/** A row of people.role as the role it is. */
export function toHeldRole(row: Pick<Row, 'id' | 'role' | 'organisation' | 'body'>): HeldRole {
  const { id, role } = row
  if (role === 'member' || role === 'representative') return { id, role, organisation: row.organisation! }
  if (role === 'officer') return { id, role, body: row.body! }
  return { id, role }
}
