import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { FactKind, Level } from '../record/fact.ts'
import '../organisations-tables.server.ts'

/** A record, as much as is needed to tell it from another. */
export type PairedRecord = {
  id: string
  code: string
  name: string
  country: string
  city: string | null
  level: Level
}

/** Two records that may be one organisation. */
export type PossiblePair = {
  one: PairedRecord
  other: PairedRecord
  because: { kind: FactKind | 'name'; value: string }[]
}

const mostPairs = 200

/**
 * Pairs of records with the same identifier, or with the same name in the same country, that nobody has told apart
 * yet; the surest first. A domain that two share is no reason by itself: faculties and towns have one together.
 */
export async function possiblePairs(database: Database): Promise<PossiblePair[]> {
  const { rows } = await sql<{ one: PairedRecord; other: PairedRecord; because: PossiblePair['because'] }>`
    with alike as (
      select a.organisation as one, b.organisation as other, a.kind, a.value
      from organisations.fact a
      join organisations.fact b on b.kind = a.kind and b.value = a.value and b.detail = a.detail
        and b.organisation > a.organisation and b.ended_at is null
      where a.ended_at is null and a.kind in ('oid', 'pic', 'erasmus-code', 'register-number', 'schac')
      union
      select a.organisation, b.organisation, 'name', a.name
      from organisations.name a
      join organisations.name b on b.folded = a.folded and b.organisation > a.organisation
      join organisations.organisation x on x.id = a.organisation
      join organisations.organisation y on y.id = b.organisation and y.country = x.country
      -- Of a name that many schools have, nothing follows.
      where length(a.folded) > 8
    )
    select to_jsonb(o) as one, to_jsonb(p) as other, json_agg(distinct jsonb_build_object('kind', l.kind, 'value', l.value)) as because
    from alike l
    join lateral (
      select id, code, name, country, city, level from organisations.organisation where id = l.one and merged_into is null
    ) o on true
    join lateral (
      select id, code, name, country, city, level from organisations.organisation where id = l.other and merged_into is null
    ) p on true
    where not exists (
      select from organisations.told_apart t where t.one = least(l.one, l.other) and t.other = greatest(l.one, l.other)
    )
    group by o, p
    order by bool_or(l.kind <> 'name') desc, count(*) desc, min(l.value)
    limit ${mostPairs}`.execute(database)
  return rows
}
