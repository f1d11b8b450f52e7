import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Refusal } from '../../operating/refusal.ts'
import { systemFolder } from './binaries.ts'
import { type DatabaseUser, canEnter, databaseUser } from './database-user.ts'

/** An installation's folder: ./data or KOPA_DATA. */
export type DataFolder = {
  /** Absolute. */
  path: string
  /** What is kept beside the database: uploads and documents. */
  files: string
  /** The embedded PostgreSQL's place: normally below `path`, else below /var/lib/kopa. */
  databaseHome: string
  /** PostgreSQL's own folder, below databaseHome. */
  cluster: string
  /** Who runs PostgreSQL; undefined: we do. */
  user: DatabaseUser | undefined
}

const marker = 'README.txt'
// Where the database is when it cannot be below the data folder: one line, a path.
const pointer = 'database-folder'

/**
 * Makes the data folder ready, or refuses one that holds something else.
 * Its parents are never changed. Where they are closed to the user that PostgreSQL must run as, the database goes
 * to /var/lib/kopa, and the data folder says so.
 */
export function prepareDataFolder(folder: string): DataFolder {
  const path = resolve(folder)
  claim(path)
  const home = databaseHome(path)
  const cluster = join(home, 'cluster')
  const files = join(path, 'files')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  return { path, files, databaseHome: home, cluster, user: databaseUser(cluster) }
}

/** The data folder as it is, without touching anything; undefined when no installation is there. */
export function existingDataFolder(folder: string): DataFolder | undefined {
  const path = resolve(folder)
  const home = chosenHome(path)
  if (!home || !existsSync(join(home, 'cluster'))) return undefined
  const cluster = join(home, 'cluster')
  return { path, files: join(path, 'files'), databaseHome: home, cluster, user: databaseUser(cluster) }
}

function claim(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const strangers = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'lost+found')
    if (strangers.length > 0 && !strangers.includes(marker)) {
      throw new Refusal((t) => t('operating.data-folder-is-not-ours', { folder: path }))
    }
    writeFileSync(
      join(path, marker),
      'Kopā keeps its data here. Please change nothing by hand.\nCopy it with: ./kopa backup FILE\n'
    )
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw new Refusal((t) => t('operating.data-folder-not-writable', { folder: path, why: String(cause) }), {
      cause
    })
  }
}

function chosenHome(path: string): string | undefined {
  const file = join(path, pointer)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  return existsSync(join(path, 'database')) ? join(path, 'database') : undefined
}

function databaseHome(path: string): string {
  const chosen = chosenHome(path)
  if (process.getuid?.() !== 0) return opened(chosen ?? join(path, 'database'), 0o700)
  // Others may pass through, not look: PostgreSQL's user has to reach its own folder.
  chmodSync(path, 0o711)
  const user = databaseUser(join(chosen ?? path, 'cluster'))
  const below = join(path, 'database')
  if (chosen && chosen !== below) return opened(chosen, 0o711)
  if (canEnter(path, user)) return opened(below, 0o711)
  return moveToSystemFolder(path, chosen)
}

function moveToSystemFolder(path: string, from: string | undefined): string {
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  chmodSync(systemFolder, 0o755)
  const home = join(systemFolder, `database-${randomBytes(6).toString('hex')}`)
  if (from) {
    try {
      renameSync(from, home)
    } catch (cause) {
      throw new Refusal((t) => t('operating.data-folder-closed', { folder: from, better: systemFolder }), {
        cause
      })
    }
  }
  writeFileSync(join(path, pointer), `${home}\n`)
  return opened(home, 0o711)
}

function opened(home: string, mode: number): string {
  mkdirSync(home, { recursive: true, mode })
  chmodSync(home, mode)
  return home
}
