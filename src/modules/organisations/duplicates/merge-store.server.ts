import { sql } from 'kysely'
import { moveRoles } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { writeNames } from '../names/name-store.server.ts'
import '../organisations-tables.server.ts'
import { entryOf, namesOf } from '../record/entry.ts'
import {
  type ChangedBy,
  type Head,
  columnsOf,
  factsInForce,
  noteChange
} from '../record/record-store.server.ts'
import type { Moved } from './moved.ts'
import type { MergePlan } from './plan-merge.ts'

const belongings = [
  ['contacts', 'organisations.contact'],
  ['requests', 'organisations.join_request'],
  ['invitations', 'organisations.invitation'],
  ['proofs', 'organisations.domain_proof'],
  ['grants', 'organisations.earlier_grant']
] as const

/** Copies facts to another record: who said them, when and how sure they are stays. @returns the ids of the copies */
export async function copyFacts(
  transaction: Database,
  facts: MergePlan['facts'],
  to: string,
  revision: number
): Promise<string[]> {
  if (facts.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    insert into organisations.fact
      (organisation, kind, detail, value, valid_from, valid_until, source, level, evidence, stated_at, stated_by, since_revision)
    select ${to}::uuid, r.kind, r.detail, f.value, f.valid_from, f.valid_until, f.source, f.level, f.evidence,
      f.stated_at, f.stated_by, ${revision}::int
    from unnest(${facts.map(({ id }) => id)}::bigint[], ${facts.map(({ as }) => as.kind)}::text[],
      ${facts.map(({ as }) => as.detail)}::text[]) as r (id, kind, detail)
    join organisations.fact f on f.id = r.id
    order by f.id
    returning id`.execute(transaction)
  return rows.map(({ id }) => id)
}

/** Brings over what belongs to a record beside its facts. @param only of it, only what was brought over before */
export async function moveBelongings(
  transaction: Database,
  from: string,
  to: string,
  only?: Omit<Moved, 'facts'>
): Promise<Omit<Moved, 'facts'>> {
  const roles = await moveRoles(transaction, from, to, only?.roles)
  const moved: Omit<Moved, 'facts'> = {
    roles,
    contacts: [],
    requests: [],
    invitations: [],
    proofs: [],
    grants: [],
    holders: []
  }
  for (const [kind, table] of belongings) {
    // A person has one open request at a record; a second one stays where it was.
    const among = only ? sql`and id = any(${only[kind]}::uuid[])` : sql``
    const apart =
      kind === 'requests'
        ? sql`and not exists (select from organisations.join_request k where k.organisation = ${to}::uuid
            and k.person = b.person and k.decision is null and b.decision is null)`
        : sql``
    const { rows } = await sql<{ id: string }>`
      update ${sql.table(table)} b set organisation = ${to}::uuid
      where organisation = ${from}::uuid ${among} ${apart} returning id`.execute(transaction)
    moved[kind] = rows.map(({ id }) => id)
  }
  const among = only ? sql`and erasmus_code = any(${only.holders}::text[])` : sql``
  const { rows } = await sql<{ code: string }>`
    update organisations.charter_holder set organisation = ${to}::uuid
    where organisation = ${from}::uuid ${among} returning erasmus_code as code`.execute(transaction)
  return { ...moved, holders: rows.map(({ code }) => code) }
}

/** Makes entry and names of a record anew after its facts were changed by hand. @returns its new revision */
export async function renewRecord(
  transaction: Database,
  head: Head,
  by: ChangedBy,
  mergedInto: string | null
): Promise<number> {
  const revision = head.revision + 1
  const facts = await factsInForce(transaction, head.id)
  const entry = entryOf(facts)
  await transaction
    .updateTable('organisations.organisation')
    .set({ revision, changed_at: sql`clock_timestamp()`, merged_into: mergedInto, ...columnsOf(entry) })
    .where('id', '=', head.id)
    .execute()
  await noteChange(transaction, { ...head, revision }, by)
  await transaction.deleteFrom('organisations.name').where('organisation', '=', head.id).execute()
  if (mergedInto === null)
    await writeNames(transaction, [{ id: head.id, country: entry.country, names: namesOf(facts) }])
  return revision
}
