import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { endRole, grantRole } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import './directory-tables.server.ts'

/** Who stands in for whom, and when. */
export type Substitution = {
  id: string
  body: string
  officer: string
  substitute: string
  from: string
  until: string
  reason: string | null
}

type StandIn = {
  body: string
  officer: { person: string; role: string }
  substitute: string
  from: string
  until: string
  reason: string | null
  by: string
}

/** Lets somebody stand in for an officer within some dates. @returns the role (people.role) in which they do */
export async function standIn(transaction: Database, { officer, ...given }: StandIn): Promise<string> {
  const role = await grantRole(
    transaction,
    given.substitute,
    { role: 'officer', body: given.body },
    {
      from: Temporal.Instant.from(given.from),
      until: Temporal.Instant.from(given.until),
      insteadOf: officer.role
    }
  )
  await transaction
    .insertInto('directory.substitution')
    .values({
      body: given.body,
      officer: officer.person,
      officer_role: officer.role,
      substitute: given.substitute,
      substitute_role: role,
      from_at: given.from,
      until_at: given.until,
      reason: given.reason,
      named_by: given.by
    })
    .execute()
  return role
}

/** The substitutions of a body that hold now or are still to come. */
export async function substitutionsOf(database: Database, body: string): Promise<Substitution[]> {
  const rows = await current(database).where('body', '=', body).orderBy('from_at').execute()
  return rows.map((row) => ({
    id: row.id,
    body: row.body,
    officer: row.officer,
    substitute: row.substitute,
    from: row.from_at.toString(),
    until: row.until_at.toString(),
    reason: row.reason
  }))
}

/** Ends substitutions now: one of them, or all for and by an officer's role. Their roles end with them. */
export async function endSubstitutions(
  transaction: Database,
  which: { id: string } | { officerRole: string }
): Promise<void> {
  const rows = await current(transaction)
    .where((where) =>
      'id' in which
        ? where('id', '=', which.id)
        : where.or([
            where('officer_role', '=', which.officerRole),
            where('substitute_role', '=', which.officerRole)
          ])
    )
    .execute()
  for (const row of rows) {
    await endRole(transaction, row.substitute_role)
    await transaction
      .updateTable('directory.substitution')
      .set({ ended_at: sql`clock_timestamp()` })
      .where('id', '=', row.id)
      .execute()
  }
}

function current(database: Database) {
  return database
    .selectFrom('directory.substitution')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('until_at', '>', sql<never>`clock_timestamp()`)
}
