import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../../operating/refusal.ts'
import type { DatabaseServer } from '../connection.ts'
import { type Binaries, postgresBinaries } from './binaries.ts'
import { applicationRole, ensureCluster, makeSocketFolder, password, role, socketFolder } from './cluster.ts'
import { type DataFolder, existingDataFolder, prepareDataFolder } from './data-folder.ts'
import { type Hold, holdDataFolder } from './holding.ts'
import { stopLeftOver } from './left-over.ts'

/** A PostgreSQL server of our own, running. */
export type EmbeddedDatabase = {
  /** As its owner. */
  server: DatabaseServer
  /** As the role that the product works as. */
  application: DatabaseServer
  folder: DataFolder
  /** What others who ask for the data folder hear of us. */
  tell: Hold['tell']
  /** Stops the server in order and lets go of the data folder. May be called twice. */
  stop: () => Promise<void>
}

/** What a running embedded database reports. */
export type EmbeddedDatabaseNews =
  { event: 'left-over-stopped'; processes: number } | { event: 'restarted' } | { event: 'away'; why: string }

type Options = {
  dataFolder: string
  /** Hears of restarts, and of each that was in vain. */
  onNews?: (news: EmbeddedDatabaseNews) => void
  /** Settings of PostgreSQL besides ours; tests without a need to survive use it. */
  settings?: Record<string, string>
}

const port = 5432 // Names the socket only; no TCP port is opened.
const startPatience = 120_000 // Recovery after a crash replays what was written since the last checkpoint.
const stopPatience = 30_000
// Before it is started once more, by how often it died or did not start within the last minute.
const pauses = [0, 500, 1000, 2000, 5000, 10_000] as const
const minute = 60_000

/**
 * Starts the embedded PostgreSQL of a data folder: creates what is missing, stops what a killed Kopā left over,
 * and starts it again should it die, for as long as it takes: a disk that is full has room again some time, and those
 * who wait are told meanwhile. It listens on a Unix socket only, with a generated password.
 * Refuses when another process works in the folder.
 */
export async function startEmbeddedDatabase(options: Options): Promise<EmbeddedDatabase> {
  const hold = await holdDataFolder(options.dataFolder)
  try {
    return await startHeld(options, hold)
  } catch (error) {
    await hold.release()
    throw error
  }
}

/** The server of a data folder that another process runs. */
export function runningEmbeddedDatabase(
  dataFolder: string
): { server: DatabaseServer; folder: DataFolder } | undefined {
  const folder = existingDataFolder(dataFolder)
  return folder && { folder, server: serverAt(folder, socketFolder(folder), role) }
}

async function startHeld(options: Options, hold: Hold): Promise<EmbeddedDatabase> {
  const { onNews = () => {} } = options
  const folder = prepareDataFolder(options.dataFolder)
  const binaries = postgresBinaries(folder.path, folder.user)
  ensureCluster(folder, binaries)
  const processes = await stopLeftOver(folder.cluster)
  if (processes > 0) onNews({ event: 'left-over-stopped', processes })
  const socket = makeSocketFolder(folder)
  const start = () => startPostmaster(folder, binaries, socket, options.settings ?? {})

  const stopping = new AbortController()
  let postmaster = await start()
  let restarting: Promise<void> | undefined
  const deaths: number[] = []
  const watch = () =>
    postmaster.once('exit', (code, signal) => {
      if (!stopping.signal.aborted) restarting = restart(String(signal ?? code))
    })
  const restart = async (ended: string) => {
    let why = `PostgreSQL ended (${ended})`
    while (!stopping.signal.aborted) {
      const recent = deaths.filter((at) => at > Date.now() - minute)
      deaths.splice(0, deaths.length, ...recent, Date.now())
      if (recent.length > 0) onNews({ event: 'away', why })
      await setTimeout(pauses[recent.length] ?? pauses.at(-1), undefined, stopping).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        await stopLeftOver(folder.cluster)
        postmaster = await start()
        watch()
        return onNews({ event: 'restarted' })
      } catch (error) {
        why = String(error)
      }
    }
  }
  watch()

  return {
    server: serverAt(folder, socket, role),
    application: serverAt(folder, socket, role, applicationRole),
    folder,
    tell: hold.tell,
    stop: async () => {
      stopping.abort()
      hold.tell({ stopping: true })
      await restarting
      await stopPostmaster(postmaster)
      await hold.release()
    }
  }
}

async function startPostmaster(
  folder: DataFolder,
  binaries: Binaries,
  socket: string,
  settings: Record<string, string>
): Promise<ChildProcess> {
  const logFile = join(folder.databaseHome, 'postgresql.log')
  const log = openLog(logFile)
  const all = {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: `"${socket}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...settings
  }
  const postmaster = spawn(
    binaries.postgres,
    ['-D', folder.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...folder.user,
      cwd: '/',
      // A group of its own: Ctrl-C in the terminal is for us; we stop the database after the last request.
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
    }
  )
  closeSync(log.descriptor)
  const application = { role: applicationRole, password: password(folder, applicationRole) }
  await untilReady(postmaster, serverAt(folder, socket, 'postgres'), application, () =>
    tail(logFile, log.from)
  )
  return postmaster
}

async function untilReady(
  postmaster: ChildProcess,
  server: DatabaseServer,
  application: Application,
  logged: () => string
): Promise<void> {
  let ended: string | undefined
  postmaster.once('exit', (code, signal) => (ended = String(signal ?? code)))
  postmaster.once('error', (error) => (ended = String(error)))
  for (const end = Date.now() + startPatience; Date.now() < end; await setTimeout(15)) {
    if (ended) throw new Refusal((t) => t('operating.database-did-not-start', { why: logged() || ended! }))
    const client = new pg.Client({ ...server, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') {
        await stopPostmaster(postmaster)
        throw new Refusal((t) => t('operating.database-password-lost'), { cause: error })
      }
      continue // It starts, or recovers.
    }
    try {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [role])
      if (rowCount === 0) await client.query(`create database ${role}`)
      await ensureApplicationRole(client, application)
      return
    } finally {
      await client.end()
    }
  }
  await stopPostmaster(postmaster)
  throw new Refusal((t) => t('operating.database-did-not-start', { why: logged() }))
}

type Application = { role: string; password: string }

async function ensureApplicationRole(client: pg.Client, { role, password }: Application): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  const make = rowCount === 0 ? 'create' : 'alter'
  // Each time: the file may have been lost, and made anew.
  await client.query(`${make} role ${role} with login password ${client.escapeLiteral(password)}`)
}

/** SIGINT ends the sessions and writes everything down; only one that hangs is told to drop all (SIGQUIT). */
async function stopPostmaster(postmaster: ChildProcess): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (postmaster.exitCode !== null || postmaster.signalCode !== null || !postmaster.pid) return
    const exited = new Promise<void>((resolve) => postmaster.once('exit', () => resolve()))
    postmaster.kill(signal)
    await Promise.race([exited, setTimeout(stopPatience, undefined, { ref: false })])
  }
}

function serverAt(folder: DataFolder, socket: string, database: string, user = role): DatabaseServer {
  return { host: socket, port, user, password: password(folder, user), database }
}

const largestLog = 5_000_000

/** PostgreSQL's own log: one file and the one before. */
function openLog(file: string): { descriptor: number; from: number } {
  let from = 0
  try {
    from = statSync(file).size
    if (from > largestLog) {
      renameSync(file, `${file}.1`)
      from = 0
    }
  } catch {
    // The first start.
  }
  return { descriptor: openSync(file, 'a', 0o600), from }
}

function tail(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString().trim().split('\n').slice(-8).join('\n')
}
