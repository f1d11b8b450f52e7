import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import { type CharterHolder, charterFields } from './charter-holder.ts'

/** A holder as the list had it last, and its record. */
export type KnownHolder = { holder: CharterHolder; organisation: string }

/** Who holds a charter as far as the editions read in say. */
export async function knownHolders(database: Database): Promise<KnownHolder[]> {
  const rows = await database
    .selectFrom('organisations.charter_holder')
    .select(['holder', 'organisation'])
    .where('ended_with', 'is', null)
    .orderBy('erasmus_code')
    .execute()
  return rows.map(({ holder, organisation }) => ({
    organisation,
    // JSON has no undefined: what the list leaves empty is missing there.
    holder: Object.fromEntries(
      charterFields.map((field) => [field, holder[field] ?? undefined])
    ) as CharterHolder
  }))
}

/** An edition that was read in. */
export type AppliedEdition = {
  edition: Temporal.PlainDate
  file: string
  sha256: Buffer
  applied_at: Temporal.Instant
  rows: number
  added: number
  changed: number
  unchanged: number
  ended: number
  doubtful: number
  broken: number
}

/** The editions that were read in, the newest first. */
export async function appliedEditions(database: Database): Promise<AppliedEdition[]> {
  return database
    .selectFrom('organisations.charter_edition')
    .select([
      'edition',
      'file',
      'sha256',
      'applied_at',
      'rows',
      'added',
      'changed',
      'unchanged',
      'ended',
      'doubtful',
      'broken'
    ])
    .orderBy('edition', 'desc')
    .execute()
}

/** Keeps what the list says of holders now. A holder under a new code lets go of its old one. */
export async function keepHolders(
  transaction: Database,
  edition: string,
  holders: readonly (KnownHolder & { before: string | undefined })[]
): Promise<void> {
  const renamed = holders.flatMap(({ holder, before }) =>
    before !== undefined && before !== holder.erasmusCode ? [before] : []
  )
  if (renamed.length > 0)
    await transaction
      .deleteFrom('organisations.charter_holder')
      .where('erasmus_code', 'in', renamed)
      .execute()
  await sql`
    insert into organisations.charter_holder (erasmus_code, organisation, holder, edition)
    select code, organisation, holder, ${edition}::date from unnest(
      ${holders.map(({ holder }) => holder.erasmusCode)}::text[],
      ${holders.map(({ organisation }) => organisation)}::uuid[],
      ${holders.map(({ holder }) => JSON.stringify(holder))}::jsonb[]) as r (code, organisation, holder)
    on conflict (erasmus_code) do update
      set organisation = excluded.organisation, holder = excluded.holder, edition = excluded.edition, ended_with = null`.execute(
    transaction
  )
}

/** Notes that holders are no longer listed. */
export async function endHolders(
  transaction: Database,
  edition: string,
  codes: readonly string[]
): Promise<void> {
  if (codes.length === 0) return
  await transaction
    .updateTable('organisations.charter_holder')
    .set({ ended_with: edition })
    .where('erasmus_code', 'in', [...codes])
    .execute()
}
