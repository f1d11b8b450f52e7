import { mkdirSync, statSync } from 'node:fs'
import { type Server, connect, createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '../../operating/refusal.ts'

/** The process that works in a data folder. */
export type Holder = {
  pid: number
  /** Where the site answers, once it does. */
  address?: string
  /** It will let go of the folder soon. */
  stopping?: boolean
}

/** Our hold on a data folder. */
export type Hold = { tell: (news: Omit<Holder, 'pid'>) => void; release: () => Promise<void> }

// Somebody who was just told to stop may not have begun to; somebody who has begun may have much to write down.
const patience = { toBegin: 5000, toStop: 60_000 }

/**
 * Takes a data folder for this process, or refuses because another one has it.
 *
 * The hold is a Unix socket with a name of the kernel's and none in the file system, so it is gone with the
 * process, however that ended: no stale lock files, no race between two that start at once. Who asks there is
 * told who holds the folder.
 */
export async function holdDataFolder(folder: string): Promise<Hold> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const holder: Holder = { pid: process.pid }
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify(holder))
  })
  for (const began = Date.now(); !(await listens(server, socketName(folder))); await setTimeout(100)) {
    const other = await dataFolderHolder(folder)
    const waited = Date.now() - began
    if (waited > (other?.stopping ? patience.toStop : patience.toBegin)) throw inUse(folder, other)
  }
  server.unref()
  return {
    tell: (news) => void Object.assign(holder, news),
    release: () => new Promise((resolve) => server.close(() => resolve()))
  }
}

/** Who works in a data folder now; undefined when nobody does. */
export function dataFolderHolder(folder: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect({ path: socketName(folder) })
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('data', (part) => (said += part.toString()))
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => {
      try {
        resolve(JSON.parse(said) as Holder)
      } catch {
        resolve(undefined)
      }
    })
  })
}

// The folder itself and not its path: the same folder can have many paths.
function socketName(folder: string): string {
  const { dev, ino } = statSync(folder)
  return `\0kopa/data-folder/${dev}-${ino}`
}

function inUse(folder: string, other: Holder | undefined): Refusal {
  const pid = String(other?.pid ?? '?')
  return new Refusal((t) =>
    other?.address
      ? t('operating.already-running', { folder, pid, address: other.address })
      : t('operating.data-folder-in-use', { folder, pid })
  )
}

/** @returns false when somebody else listens there */
function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => {
      server.off('listening', taken)
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    }
    const taken = () => {
      server.off('error', refused)
      resolve(true)
    }
    server.once('error', refused)
    server.once('listening', taken)
    server.listen({ path })
  })
}
