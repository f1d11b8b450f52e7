import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../operating/refusal.ts'
import type { Binaries } from './binaries.ts'
import type { DataFolder } from './data-folder.ts'

/** The role that owns the embedded database, and the name of that database. */
export const role = 'kopa'

/** The role that the product works as: src/shared/database/roles.ts says what it may. */
export const applicationRole = 'kopa_application'

/**
 * Creates PostgreSQL's folder where there is none yet: made aside and renamed, so that a start that was killed
 * half way leaves no half cluster. Refuses one of another major version, which this PostgreSQL cannot read.
 */
export function ensureCluster(folder: DataFolder, binaries: Binaries): void {
  removeUnfinished(folder.databaseHome)
  if (existsSync(join(folder.cluster, 'PG_VERSION'))) return refuseOtherMajor(folder, binaries)
  const unfinished = `${folder.cluster}.new-${randomBytes(4).toString('hex')}`
  mkdirSync(unfinished, { mode: 0o700 })
  own(folder, unfinished)
  const passwordFile = join(folder.databaseHome, 'password.new')
  writeFileSync(passwordFile, password(folder), { mode: 0o600 })
  own(folder, passwordFile)
  try {
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${role}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order on every machine; queries that sort for people name their collation.
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--no-instructions'
      ],
      { ...folder.user, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, encoding: 'utf8' }
    )
    if (made.status !== 0) {
      const why = (made.stderr || String(made.error ?? '')).trim()
      throw new Refusal((t) => t('operating.database-not-created', { folder: folder.cluster, why }))
    }
    renameSync(unfinished, folder.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith('cluster.new-')) rmSync(join(home, name), { recursive: true, force: true })
  }
}

function refuseOtherMajor(folder: DataFolder, binaries: Binaries): void {
  const major = readFileSync(join(folder.cluster, 'PG_VERSION'), 'utf8').trim()
  const ours = binaries.version.split('.')[0]!
  if (major === ours) return
  throw new Refusal((t) => t('operating.other-postgresql', { folder: folder.cluster, major, ours }))
}

/** A role's password: made once, readable by the user who runs Kopā alone. */
export function password(folder: DataFolder, of = role): string {
  const file = join(folder.databaseHome, of === role ? 'password' : `password-${of}`)
  if (!existsSync(file)) {
    writeFileSync(`${file}.part`, randomBytes(32).toString('base64url'), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }
  return readFileSync(file, 'utf8').trim()
}

// A socket's path has at most 107 bytes, and PostgreSQL adds its own name to the folder's.
const longestSocketFolder = 107 - '/.s.PGSQL.5432.lock'.length
const socketNote = 'socket-folder'

/** Makes the folder of the Unix socket, the only place where the embedded PostgreSQL listens. */
export function makeSocketFolder(folder: DataFolder): string {
  const usual = join(folder.databaseHome, 'socket')
  const note = join(folder.databaseHome, socketNote)
  let chosen = usual
  if (Buffer.byteLength(usual) > longestSocketFolder) chosen = mkdtempSync(join(tmpdir(), 'kopa-'))
  else {
    // What a killed postmaster left there would stop the next one, if its number is in use again. The caller holds
    // the data folder and has stopped what was left over, so nobody listens there.
    rmSync(usual, { recursive: true, force: true })
    mkdirSync(usual, { recursive: true, mode: 0o700 })
  }
  chmodSync(chosen, 0o700)
  own(folder, chosen)
  writeFileSync(note, `${chosen}\n`)
  return chosen
}

/** Where the running server of a data folder listens. */
export function socketFolder(folder: DataFolder): string {
  return readFileSync(join(folder.databaseHome, socketNote), 'utf8').trim()
}

function own(folder: DataFolder, path: string): void {
  if (folder.user) chownSync(path, folder.user.uid, folder.user.gid)
}
