import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'

/**
 * All ids that mean the record an organisation is today: its own, and those of records that were merged into it. For
 * modules that keep the id with which something was written down, so that a merge can be undone.
 */
export async function idsOfRecord(database: Database, organisation: string): Promise<string[]> {
  return (await idsOfRecords(database, [organisation])).get(organisation) ?? []
}

/** The same of several, in one statement. @returns by what was asked; unknown ids are left out */
export async function idsOfRecords(
  database: Database,
  organisations: readonly string[]
): Promise<ReadonlyMap<string, string[]>> {
  if (organisations.length === 0) return new Map()
  const rows = await runPrepared<{ asked: string; id: string }>(database, sameRecords, [organisations])
  const ids = new Map<string, string[]>()
  for (const { asked, id } of rows) ids.set(asked, [...(ids.get(asked) ?? []), id])
  return ids
}

const sameRecords: Prepared = {
  name: 'organisations.same-records',
  text: `
    with recursive same (asked, id) as (
      select id, id from organisations.organisation where id = any($1::uuid[])
      union
      select s.asked, o.id from organisations.organisation o join same s on o.merged_into = s.id
    )
    select asked, id from same`
}

/** The record that each of some organisations is today: merged ones are followed. Unknown ids are left out. */
export async function idsToday(
  database: Database,
  organisations: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  if (organisations.length === 0) return new Map()
  const rows = await runPrepared<{ asked: string; id: string }>(database, followedRecords, [
    [...new Set(organisations)]
  ])
  return new Map(rows.map(({ asked, id }) => [asked, id]))
}

const followedRecords: Prepared = {
  name: 'organisations.followed-records',
  text: `
    with recursive followed (asked, id, merged_into) as (
      select id, id, merged_into from organisations.organisation where id = any($1::uuid[])
      union all
      select f.asked, o.id, o.merged_into from followed f join organisations.organisation o on o.id = f.merged_into
    )
    select asked, id from followed where merged_into is null`
}
