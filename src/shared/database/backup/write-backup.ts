import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readdirSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Refusal } from '../../operating/refusal.ts'
import type { DatabaseServer } from '../connection.ts'
import { appliedMigrations } from '../migrate.ts'
import { type InventoryTable, sequencesOf, tablesOf } from './inventory.ts'
import { type Manifest, formatVersion, manifestName } from './manifest.ts'
import { type TarFile, writeTar } from './tar.ts'

type Options = {
  server: DatabaseServer
  /** The folder of uploads and documents; it need not exist. */
  files: string
  /** The file to write; it must not exist. */
  to: string
  product: string
  now: string
}

// Rows go into parts of about this many bytes, which are held in memory one at a time.
const partSize = 4_000_000
const mostRows = 5000

/**
 * Writes one consistent copy of the product's data and files.
 *
 * All rows are read in one snapshot (REPEATABLE READ), so others may go on working. A file is written before the
 * row that names it, so the snapshot names no file that is missing here. The copy appears under its name when it
 * is whole and on the disk, not before.
 * @returns what is in it
 */
export async function writeBackup(options: Options): Promise<Manifest> {
  const to = resolve(options.to)
  if (existsSync(to)) throw new Refusal((t) => t('cli.backup.exists', { file: to }))
  const unfinished = `${to}.${process.pid}.part`
  const database = connectForCopy(options.server)
  try {
    const manifest = await database
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (snapshot) => {
        const result: { manifest?: Manifest } = {}
        const bytes = Readable.from(writeTar(partsOf(snapshot, options, result)), { objectMode: false })
        // Only this user may read it: it holds people's data.
        await pipeline(bytes, createGzip(), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }))
        return result.manifest!
      })
    await toDisk(unfinished)
    await rename(unfinished, to)
    await toDisk(dirname(to))
    return manifest
  } catch (cause) {
    await rm(unfinished, { force: true })
    const { code, path } = cause as NodeJS.ErrnoException
    if (path === unfinished || code === 'ENOSPC') {
      throw new Refusal((t) => t('cli.backup.not-written', { file: to, why: String(cause) }), { cause })
    }
    throw cause
  } finally {
    await database.destroy()
  }
}

/** A connection that hands out every value as the text that PostgreSQL writes, exactly. */
function connectForCopy(server: DatabaseServer): Kysely<any> {
  const asText = { getTypeParser: () => (text: string) => text } as pg.CustomTypesConfig
  const asUsual = pg.types as unknown as pg.CustomTypesConfig
  const pool = new pg.Pool({
    ...server,
    application_name: 'kopa-command',
    max: 1,
    types: {
      // JSON and true/false come from our own questions; the rows themselves are cast to text.
      getTypeParser: (type, format) =>
        [16, 114].includes(type as number)
          ? asUsual.getTypeParser(type, format)
          : asText.getTypeParser(type, format)
    }
  })
  pool.on('error', () => {})
  return new Kysely<any>({ dialect: new PostgresDialect({ pool }) })
}

async function* partsOf(
  snapshot: Kysely<any>,
  options: Options,
  result: { manifest?: Manifest }
): AsyncGenerator<TarFile> {
  // The same spelling of every value, whatever the server's settings.
  await sql`select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
    set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
    set_config('bytea_output', 'hex', true)`.execute(snapshot)
  const migrations = await appliedMigrations(snapshot)
  if (migrations.length === 0) throw new Refusal((t) => t('cli.backup.nothing-there'))
  const parts: Manifest['parts'] = []
  const tables: Manifest['tables'] = []
  for (const table of await tablesOf(snapshot)) {
    const name = `${table.schema}.${table.name}`
    const copied = { name, columns: table.columns.map((column) => column.name), rows: 0 }
    let number = 0
    for await (const { lines, rows } of rowsOf(snapshot, table)) {
      copied.rows += rows
      const part = `tables/${name}/${String(++number).padStart(6, '0')}.jsonl`
      parts.push({
        name: part,
        bytes: lines.length,
        sha256: createHash('sha256').update(lines).digest('hex')
      })
      yield { name: part, size: lines.length, content: [lines] }
    }
    tables.push(copied)
  }
  const sequences = await sequencesOf(snapshot)
  for (const file of filesBelow(options.files)) yield* copiedFile(options.files, file, parts)
  const { rows } = await sql<{
    version: string
  }>`select current_setting('server_version') as version`.execute(snapshot)
  const { product, now } = options
  const about = { format: formatVersion, product, createdAt: now, postgresql: rows[0]!.version, migrations }
  result.manifest = { ...about, tables, sequences, parts }
  const bytes = Buffer.from(`${JSON.stringify(result.manifest, undefined, 1)}\n`)
  yield { name: manifestName, size: bytes.length, content: [bytes] }
}

/** Rows as lines, each a JSON list of texts and nulls, through a cursor: a table may be larger than the memory. */
async function* rowsOf(
  snapshot: Kysely<any>,
  table: InventoryTable
): AsyncGenerator<{ lines: Buffer; rows: number }> {
  const columns = table.columns.map(({ name }, at) => sql`${sql.ref(name)}::text as ${sql.ref(`c${at}`)}`)
  await sql`declare copied no scroll cursor for
    select ${sql.join(columns)} from ${sql.table(`${table.schema}.${table.name}`)}`.execute(snapshot)
  for (let count = 50; ;) {
    const { rows } = await sql<Record<string, string | null>>`fetch ${sql.lit(count)} from copied`.execute(
      snapshot
    )
    if (rows.length === 0) break
    const lines = rows
      .map((row) => `${JSON.stringify(table.columns.map((_, at) => row[`c${at}`]))}\n`)
      .join('')
    const bytes = Buffer.from(lines)
    yield { lines: bytes, rows: rows.length }
    count = Math.max(1, Math.min(mostRows, Math.floor((partSize * rows.length) / bytes.length)))
  }
  await sql`close copied`.execute(snapshot)
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

async function* copiedFile(folder: string, file: string, parts: Manifest['parts']): AsyncGenerator<TarFile> {
  const path = join(folder, file)
  if (!existsSync(path)) return // Erased since the list was made: no row names it any more.
  const { size } = statSync(path)
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const part of createReadStream(path)) {
      hash.update(part as Buffer)
      yield part as Buffer
    }
  }
  const name = `files/${file}`
  yield { name, size, content: hashed() }
  parts.push({ name, bytes: size, sha256: hash.digest('hex') })
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
