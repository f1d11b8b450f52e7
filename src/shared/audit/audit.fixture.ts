import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { openAuditKey } from './audit-key.ts'
import type { AuditEntry } from './entry.ts'
import { type Head } from './head.ts'
import { record } from './record.ts'
import { type Sealer } from './sealer.ts'
import type { Signer } from './signed-note.ts'

/** A small cast for tests of the audit. */
export const maria = '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0001'
export const school = { kind: 'organisation', id: '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f1001' }
export const registered: AuditEntry = {
  act: 'organisations.registered',
  by: { person: maria, role: 'representative' },
  subject: school,
  payload: { name: 'Rīgas 1. skola “Āža kalns”\n', contact: 'maria@example.eu' },
  about: [maria]
}

/** One act of its own. */
export async function recorded(database: Database, entry: Partial<AuditEntry> = {}) {
  const recording = await database
    .transaction()
    .execute((transaction) => record(transaction, { ...registered, ...entry }))
  return recording.entry()
}

const folder = mkdtempSync(join(tmpdir(), 'kopa-audit-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A folder that is gone after the tests. */
export const temporaryFolder = () => mkdtempSync(join(folder, 'one-'))

/** Signs with a key of its own. */
export function someSigner(): Signer {
  return { name: `kopa/${randomUUID()}`, key: openAuditKey(join(temporaryFolder(), 'key.pem')) }
}

/**
 * Seals all that is recorded, in one round: other tests work in the same cluster, and what they have under way would
 * hold a sealer up in the middle.
 * @returns the heads that were signed
 */
export async function sealed(database: Database, sealer: Sealer): Promise<Head[]> {
  const heads: Head[] = []
  for (let tries = 0; tries < 200; tries++) {
    const { rows: settled } = await sql<{ all: boolean }>`
      select not exists (select 1 from audit.entry
        where settled_by >= pg_snapshot_xmin(pg_current_snapshot())
          and settled_by < pg_snapshot_xmax(pg_current_snapshot())) as all`.execute(database)
    if (settled[0]!.all) heads.push(...(await Array.fromAsync(sealer.round())))
    const { rows } = await sql<{ open: string }>`
      select (select count(*) from audit.entry) - (select count(*) from audit.leaf) as open`.execute(database)
    if (rows[0]!.open === '0') return heads
    await setTimeout(50)
  }
  throw new Error('Not everything was sealed.')
}

/** What the owner of the database could do to it, past what keeps them from mistakes. */
export async function tampered(database: Database, ...statements: RawBuilder<unknown>[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const tables = ['entry', 'leaf', 'node', 'head', 'key'].map((table) => sql.id('audit', table))
    for (const table of tables) await sql`alter table ${table} disable trigger user`.execute(transaction)
    for (const statement of statements) await statement.execute(transaction)
    for (const table of tables) await sql`alter table ${table} enable trigger user`.execute(transaction)
  })
}
