import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Refusal } from '../operating/refusal.ts'
import type { Database } from './tables.ts'

/** Where the migrations are: /migrations at the root, numbered, one file a change. */
export const migrationsFolder = join(import.meta.dirname, '../../../migrations')

// Any number will do, as long as every Kopā uses the same: “KOPA” in hexadecimal.
const advisoryLock = 0x4b4f5041

/** Keeps everybody else from migrating or restoring until the transaction ends. */
export async function lockInstallation(transaction: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(advisoryLock)})`.execute(transaction)
}

type Options = {
  /** The last migration to apply; otherwise all are. */
  upTo?: string | undefined
  /** The migrations there are; otherwise those of this version. */
  known?: Record<string, Migration> | undefined
}

/**
 * Brings the database to the newest state, or to the state after `upTo`.
 * Several processes may call it at once: an advisory lock lets one work and the others wait. All pending changes
 * are one transaction.
 * @param database a pool, or a transaction that then holds everything
 * @returns the names of the migrations that were applied now
 */
export async function migrate(database: Database, options: Options = {}): Promise<string[]> {
  if (database.isTransaction) return migrateWith(database, options)
  return database.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${sql.lit(advisoryLock)})`.execute(connection)
    try {
      return await migrateWith(connection, options)
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(advisoryLock)})`.execute(connection)
    }
  })
}

async function migrateWith(database: Database, options: Options): Promise<string[]> {
  const { upTo, known = await migrations() } = options
  const newer = (await appliedMigrations(database)).filter((name) => !(name in known))
  if (newer[0]) throw new Refusal((t) => t('operating.database-is-newer', { migration: newer[0]! }))
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => known },
    migrationTableSchema: 'kopa',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock'
  })
  const { error, results } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** All migrations of this version, by name (the file's name without its ending), in order. */
export async function migrations(folder = migrationsFolder): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-[a-z0-9-]+\.ts$/.test(file)).sort()
  const loaded = files.map(async (file) => [
    file.slice(0, -'.ts'.length),
    (await import(pathToFileURL(join(folder, file)).href)) as Migration
  ])
  return Object.fromEntries(await Promise.all(loaded)) as Record<string, Migration>
}

/** The migrations that a database has had, oldest first; empty when it has had none. */
export async function appliedMigrations(database: Kysely<any>): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kopa.migration') is not null as found`.execute(database)
  if (!tables[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kopa.migration order by name`.execute(
    database
  )
  return rows.map((row) => row.name)
}
