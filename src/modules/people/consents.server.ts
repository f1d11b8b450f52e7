import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Consent } from '#shared/identity/index.ts'
import { type Language, type TextKey, texts } from '#shared/texts/index.ts'
import './people-tables.server.ts'

/** What this module asks for beyond what the service needs. */
export const newsConsent: Consent = { id: 'people.news', version: '2026-11', says: 'people.consent.news' }

/** An entry of the log of consents. */
export type NotedConsent = {
  consent: string
  version: string
  said: string
  given: Temporal.Instant
  withdrawn: Temporal.Instant | null
}

/** Notes that somebody agreed: to which sentence, in which version and language, and when. Once is enough. */
export async function noteConsent(
  transaction: Database,
  person: string,
  { id, version, says }: Consent,
  language: Language
): Promise<void> {
  const inForce = await transaction
    .selectFrom('people.consent')
    .select('version')
    .where('person', '=', person)
    .where('consent', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (inForce?.version === version) return
  // Agreeing to a new wording ends the old one.
  if (inForce) await noteWithdrawal(transaction, person, id)
  const said = (texts(language) as (key: TextKey) => string)(says)
  await transaction
    .insertInto('people.consent')
    .values({ person, consent: id, version, language, said })
    .execute()
}

/** Notes that somebody took a consent back. @returns whether there was one */
export async function noteWithdrawal(
  transaction: Database,
  person: string,
  consent: string
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('people.consent')
    .set({ withdrawn_at: sql`clock_timestamp()` })
    .where('person', '=', person)
    .where('consent', '=', consent)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** All that somebody ever agreed to, the newest first. */
export async function consentsOf(database: Database, person: string): Promise<NotedConsent[]> {
  const rows = await database
    .selectFrom('people.consent')
    .selectAll()
    .where('person', '=', person)
    .orderBy('given_at', 'desc')
    .execute()
  return rows.map(({ consent, version, said, given_at, withdrawn_at }) => ({
    consent,
    version,
    said,
    given: given_at,
    withdrawn: withdrawn_at
  }))
}

/** Whether somebody agrees now; for whoever acts on it. @param ids people.person */
export async function whoAgrees(
  database: Database,
  consent: Consent,
  ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await database
    .selectFrom('people.consent')
    .select('person')
    .where('consent', '=', consent.id)
    .where('version', '=', consent.version)
    .where('withdrawn_at', 'is', null)
    .where('person', 'in', ids)
    .execute()
  return new Set(rows.map(({ person }) => person))
}
