import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import { type ProofMethod, lookAgainDays } from './domain-proof.ts'

/** A proof that was asked for, or given. */
export type DomainProof = {
  id: string
  organisation: string
  domain: string
  method: ProofMethod
  /** What has to stand in the record or the file; not with mail. */
  token: string | undefined
  mailedTo: string | undefined
  askedBy: string | undefined
  expiresAt: Temporal.Instant
  provedAt: Temporal.Instant | undefined
  checkedAt: Temporal.Instant | undefined
  missingSince: Temporal.Instant | undefined
}

const columns = [
  'id',
  'organisation',
  'domain',
  'method',
  'token',
  'mailed_to',
  'asked_by',
  'expires_at',
  'proved_at',
  'checked_at',
  'missing_since'
] as const

/** Proofs that stand, or still can be given. */
function living(database: Database) {
  return database
    .selectFrom('organisations.domain_proof')
    .select(columns)
    .where('lost_at', 'is', null)
    .where((where) =>
      where.or([where('proved_at', 'is not', null), where('expires_at', '>', sql<never>`clock_timestamp()`)])
    )
}

type Row = {
  id: string
  organisation: string
  domain: string
  method: ProofMethod
  token: string | null
  mailed_to: string | null
  asked_by: string | null
  expires_at: Temporal.Instant
  proved_at: Temporal.Instant | null
  checked_at: Temporal.Instant | null
  missing_since: Temporal.Instant | null
}

const toProof = (row: Row): DomainProof => ({
  id: row.id,
  organisation: row.organisation,
  domain: row.domain,
  method: row.method,
  token: row.token ?? undefined,
  mailedTo: row.mailed_to ?? undefined,
  askedBy: row.asked_by ?? undefined,
  expiresAt: row.expires_at,
  provedAt: row.proved_at ?? undefined,
  checkedAt: row.checked_at ?? undefined,
  missingSince: row.missing_since ?? undefined
})

/** All proofs of an organisation, the newest first. */
export async function proofsOf(database: Database, organisation: string): Promise<DomainProof[]> {
  const rows = await living(database)
    .where('organisation', '=', organisation)
    .orderBy('asked_at', 'desc')
    .execute()
  return rows.map(toProof)
}

/** One proof of an organisation. */
export async function proofOf(
  database: Database,
  organisation: string,
  id: string
): Promise<DomainProof | undefined> {
  const row = await living(database)
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toProof(row)
}

/** The proof of a link in a mail that was not used yet. */
export async function proofByLink(database: Database, digest: Buffer): Promise<DomainProof | undefined> {
  const row = await living(database)
    .where('secret_digest', '=', digest)
    .where('proved_at', 'is', null)
    .executeTakeFirst()
  return row && toProof(row)
}

/** Proofs that were given and are to be looked at again: missing ones daily. Those that waited longest come first. */
export async function proofsToCheck(database: Database, most: number): Promise<DomainProof[]> {
  const rows = await living(database)
    .where('proved_at', 'is not', null)
    .where(
      sql<boolean>`checked_at < clock_timestamp() - case when missing_since is null
        then make_interval(days => ${sql.lit(lookAgainDays)}) else interval '20 hours' end`
    )
    .orderBy('checked_at')
    .limit(most)
    .execute()
  return rows.map(toProof)
}

/** Writes what was asked for. An earlier one by the same way that was not given yet makes room. */
export async function insertProof(
  transaction: Database,
  proof: {
    organisation: string
    domain: string
    method: ProofMethod
    token: string | null
    digest: Buffer | null
    mailedTo: string | null
    askedBy: string
    days: number
  }
): Promise<DomainProof> {
  const { organisation, domain, method } = proof
  await transaction
    .deleteFrom('organisations.domain_proof')
    .where('organisation', '=', organisation)
    .where('domain', '=', domain)
    .where('method', '=', method)
    .where('proved_at', 'is', null)
    .execute()
  const row = await transaction
    .insertInto('organisations.domain_proof')
    .values({
      ...{ organisation, domain, method },
      token: proof.token,
      secret_digest: proof.digest,
      mailed_to: proof.mailedTo,
      asked_by: proof.askedBy,
      expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(proof.days)})`
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toProof(row)
}

/** Notes what looking for a proof came to. */
export async function noteChecked(
  transaction: Database,
  id: string,
  outcome: 'proved' | 'found' | 'missing' | 'lost'
): Promise<void> {
  const now = sql<string>`clock_timestamp()`
  const noted = {
    proved: { proved_at: now, checked_at: now, missing_since: null },
    found: { checked_at: now, missing_since: null },
    missing: { checked_at: now, missing_since: sql<string>`coalesce(missing_since, clock_timestamp())` },
    lost: { checked_at: now, lost_at: now }
  }[outcome]
  await transaction.updateTable('organisations.domain_proof').set(noted).where('id', '=', id).execute()
}
