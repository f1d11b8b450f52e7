import { sql } from 'kysely'
import { rolesOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import type { Statement } from '../record/fact.ts'

/** Whoever registers a second one in the same words after so many minutes means it. */
const sameFormMinutes = 10

/**
 * The organisation that a person registered just now in exactly these words: a form that was sent twice, or again
 * after the answer was lost. Has others of the same person wait until the transaction ends, so that two that arrive
 * together are one as well.
 */
export async function registeredJustNow(
  transaction: Database,
  person: string,
  stated: readonly Statement[]
): Promise<{ organisation: string; code: string; role: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organisations.register:${person}`}, 0))`.execute(
    transaction
  )
  const said = stated.map(({ kind, detail, value }) => `${kind} ${detail} ${value}`).sort()
  const { rows } = await sql<{ id: string; code: string; said: string[] }>`
    select o.id, o.code, array_agg(concat_ws(' ', f.kind, f.detail, f.value)) as said
    from organisations.change c
    join organisations.organisation o on o.id = c.organisation and o.merged_into is null
    join organisations.fact f on f.organisation = o.id and f.since_revision = 1
    where c.by_person = ${person} and c.act = 'registered' and c.revision = 1
      and c.at > clock_timestamp() - make_interval(mins => ${sql.lit(sameFormMinutes)})
    group by o.id`.execute(transaction)
  const same = rows.find((row) => row.said.toSorted().join('\n') === said.join('\n'))
  if (!same) return undefined
  const roles = await rolesOf(transaction, person)
  const role = roles.find(({ held }) => held.role === 'representative' && held.organisation === same.id)
  return role && { organisation: same.id, code: same.code, role: role.held.id }
}
