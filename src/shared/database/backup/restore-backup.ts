import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CompiledQuery, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { Refusal } from '../../operating/refusal.ts'
import { type DatabaseServer, connect } from '../connection.ts'
import { lockInstallation, migrate, migrations } from '../migrate.ts'
import { type Database, productSchemas } from '../tables.ts'
import { type InventoryTable, foreignKeysOf, holdsData, tablesOf } from './inventory.ts'
import { type Manifest, bytesOf, filesOf, formatVersion, verifyBackup } from './manifest.ts'
import { settleFiles, stagedFiles } from './settle-files.ts'
import type { TarFile } from './tar.ts'

type Options = {
  server: DatabaseServer
  files: string
  from: string
  /** What to do with an installation that already holds data. */
  existing: 'keep' | 'replace'
  /** The migrations there are; otherwise those of this version. */
  migrations?: Record<string, Migration>
}

/**
 * Brings a backup back: verifies all of it first, then replaces the product's data in one transaction, then the
 * files. Whatever fails on the way, the installation is as it was before.
 *
 * The tables are made by the migrations that the backup had, filled, and brought forward by those that came since.
 * Refuses a damaged backup, one of a newer version, an installation that holds data (unless `existing` is
 * 'replace'), and one that is being served.
 * @returns what was in it
 */
export async function restoreBackup(options: Options): Promise<Manifest> {
  const manifest = await verifyBackup(options.from)
  const known = options.migrations ?? (await migrations())
  refuseNewer(manifest, known)
  const database = connect(options.server, 'kopa-command')
  const restore = randomUUID()
  const staged = stagedFiles(options.files, restore)
  try {
    await refuseServed(database)
    if (options.existing === 'keep') await refuseData(database, options.files)
    await database.transaction().execute(async (transaction) => {
      await lockInstallation(transaction)
      mkdirSync(staged, { recursive: true, mode: 0o700 })
      await makeTables(transaction, manifest, known)
      await fillTables(transaction, manifest, options.from, staged)
      await remember(transaction, restore, manifest.product)
      await migrate(transaction, { known })
      await afterRestore(transaction)
    })
    await settleFiles(database, options.files)
    await sql`analyze`.execute(database)
    return manifest
  } catch (error) {
    rmSync(staged, { recursive: true, force: true })
    throw error
  } finally {
    await database.destroy()
  }
}

function refuseNewer(manifest: Manifest, known: Record<string, Migration>): void {
  if (manifest.format > formatVersion || manifest.migrations.some((name) => !(name in known))) {
    throw new Refusal((t) => t('cli.restore.newer', { version: manifest.product }))
  }
}

/** A server in the middle of its work would go on with what it remembers of the old data. */
async function refuseServed(database: Database): Promise<void> {
  const { rows } = await sql`select from pg_stat_activity
    where application_name in ('kopa-server', 'kopa-worker') and datname = current_database()`.execute(
    database
  )
  if (rows.length > 0) throw new Refusal((t) => t('cli.restore.served'))
}

async function refuseData(database: Database, files: string): Promise<void> {
  const hasFiles = existsSync(files) && readdirSync(files).length > 0
  if (hasFiles || (await holdsData(database))) throw new Refusal((t) => t('cli.restore.not-empty'))
}

/** Empty tables, as they were when the backup was made. */
async function makeTables(
  transaction: Database,
  manifest: Manifest,
  known: Record<string, Migration>
): Promise<void> {
  for (const schema of productSchemas) {
    await sql`drop schema if exists ${sql.ref(schema)} cascade`.execute(transaction)
  }
  await migrate(transaction, { upTo: manifest.migrations.at(-1), known })
  // A migration may have put rows there, which the backup holds as well. Where triggers keep a table from being
  // emptied, they stand aside until it is filled.
  const all = (await tablesOf(transaction)).map(({ schema, name }) => sql.table(`${schema}.${name}`))
  for (const table of all) await sql`alter table ${table} disable trigger user`.execute(transaction)
  if (all.length > 0) await sql`truncate ${sql.join(all)} cascade`.execute(transaction)
}

async function fillTables(
  transaction: Database,
  manifest: Manifest,
  archive: string,
  staged: string
): Promise<void> {
  const tables = new Map(
    (await tablesOf(transaction)).map((table) => [`${table.schema}.${table.name}`, table])
  )
  // Rows come table by table, so a row may come before the one it refers to: the keys are made again at the end,
  // which checks them all. Triggers have done their work when the rows were first written, and are off.
  const keys = await foreignKeysOf(transaction)
  for (const { table, name } of keys) await say(transaction, `alter table ${table} drop constraint ${name}`)

  const filled = new Map<string, number>()
  for await (const file of filesOf(archive)) {
    const [kind, name] = file.name.split('/') as [string, string]
    if (kind === 'files') await stageFile(staged, file)
    if (kind !== 'tables') continue
    const noted = manifest.tables.find((table) => table.name === name)
    const table = tables.get(name)
    if (!noted || !table) throw new Error(`The backup holds a table that its migrations do not make: ${name}`)
    const rows = (await bytesOf(file.content)).toString().trimEnd().split('\n')
    await insert(transaction, table, noted.columns, rows)
    filled.set(name, (filled.get(name) ?? 0) + rows.length)
  }
  for (const { name, rows } of manifest.tables) {
    if ((filled.get(name) ?? 0) !== rows)
      throw new Error(`${name}: ${filled.get(name)} rows instead of ${rows}`)
  }
  for (const { name, value, called } of manifest.sequences) {
    await sql`select setval(${name}::regclass, ${value}::bigint, ${called})`.execute(transaction)
  }

  for (const name of tables.keys())
    await sql`alter table ${sql.table(name)} enable trigger user`.execute(transaction)
  for (const { table, name, definition } of keys) {
    await say(transaction, `alter table ${table} add constraint ${name} ${definition}`)
  }
}

/** Each column goes as one list of texts, which PostgreSQL reads by the column's own type. */
async function insert(
  transaction: Database,
  table: InventoryTable,
  columns: string[],
  lines: string[]
): Promise<void> {
  const rows = lines.map((line) => JSON.parse(line) as (string | null)[])
  const types = new Map(table.columns.map(({ name, type }) => [name, type]))
  const into = columns.map((name) => quoted(name)).join(', ')
  const values = columns.map((name, at) => `c${at}::${types.get(name) ?? 'text'}`).join(', ')
  const lists = columns.map((_, at) => `$${at + 1}::text[]`).join(', ')
  const names = columns.map((_, at) => `c${at}`).join(', ')
  const target = `${quoted(table.schema)}.${quoted(table.name)}`
  const statement = `insert into ${target} (${into}) overriding system value
    select ${values} from unnest(${lists}) as r(${names})`
  const parameters = columns.map((_, at) => rows.map((row) => row[at]))
  await transaction.executeQuery(CompiledQuery.raw(statement, parameters))
}

/** Notes in the database that this restore was carried through: settle-files.ts asks. */
async function remember(transaction: Database, restore: string, version: string): Promise<void> {
  const noted = await transaction
    .updateTable('kopa.installation')
    .set({ restore_id: restore })
    .executeTakeFirst()
  if (noted.numUpdatedRows === 0n) {
    await transaction.insertInto('kopa.installation').values({ version, restore_id: restore }).execute()
  }
}

/** A schema whose rows mean something else in another place has a function after_restore (migrations/). */
async function afterRestore(transaction: Database): Promise<void> {
  const { rows } = await sql<{ schema: string }>`
    select n.nspname as schema from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proname = 'after_restore' and n.nspname = any(${productSchemas}) order by 1`.execute(transaction)
  for (const { schema } of rows) await say(transaction, `select ${quoted(schema)}.after_restore()`)
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const say = (transaction: Database, statement: string) =>
  transaction.executeQuery(CompiledQuery.raw(statement))

async function stageFile(staged: string, file: TarFile): Promise<void> {
  const path = resolve(staged, file.name.slice('files/'.length))
  // A name that climbs out of the folder was not written by us.
  if (!path.startsWith(`${resolve(staged)}${sep}`))
    throw new Error(`A file of the backup lies outside: ${file.name}`)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(file.content), createWriteStream(path, { mode: 0o600, flush: true }))
}
