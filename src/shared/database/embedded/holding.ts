import { mkdirSync, statSync } from 'node:fs'
import { type Server, connect, createServer } from 'node:net'
import { Refusal } from '../../operating/refusal.ts'

/** The process that works in a data folder. `address` is known once a server listens. */
export type Holder = { pid: number; since: string; address?: string }

/** Our hold on a data folder. */
export type Hold = { tell: (address: string) => void; release: () => Promise<void> }

/**
 * Takes a data folder for this process, or refuses because another one has it.
 *
 * The hold is a Unix socket with a name of the kernel's and none in the file system, so it is gone with the
 * process, however that ended: no stale lock files, no race between two that start at once. Who asks there is
 * told who holds the folder.
 */
export async function holdDataFolder(folder: string): Promise<Hold> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() }
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(JSON.stringify(holder))
  })
  try {
    await listen(server, socketName(folder))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    const other = await dataFolderHolder(folder)
    throw new Refusal(
      (t) =>
        other?.address
          ? t('operating.already-running', { folder, pid: String(other.pid), address: other.address })
          : t('operating.data-folder-in-use', { folder, pid: String(other?.pid ?? '?') }),
      { cause }
    )
  }
  server.unref()
  return {
    tell: (address) => void (holder.address = address),
    release: () => new Promise((resolve) => server.close(() => resolve()))
  }
}

/** Who works in a data folder now; undefined when nobody does. */
export function dataFolderHolder(folder: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect({ path: socketName(folder) })
    socket.setTimeout(2000, () => socket.destroy())
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

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
