import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { toDisk } from './spool.ts'

/** Where contents lie, each under the name of its SHA-256. */
export type FileStorage = {
  /** Keeps what lies under a path, which stays as it is. Nothing happens when the content is there already. */
  put: (path: string, sha256: string) => Promise<void>
  /** The content; undefined when it is not there. */
  read: (sha256: string) => Promise<Readable | undefined>
  has: (sha256: string) => Promise<boolean>
  remove: (sha256: string) => Promise<void>
  /** Every content there is. */
  list: () => AsyncIterable<string>
}

const isContent = /^[0-9a-f]{64}$/

/** Contents in a folder, in 256 folders by their first two letters. */
export function localStorage(folder: string): FileStorage {
  const pathOf = (sha256: string) => {
    if (!isContent.test(sha256)) throw new Error(`no content has the name ${sha256}`)
    return join(folder, sha256.slice(0, 2), sha256)
  }
  const opened = async (sha256: string) => {
    try {
      return await open(pathOf(sha256), constants.O_RDONLY | constants.O_NOFOLLOW)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  return {
    put: async (path, sha256) => {
      const target = pathOf(sha256)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await linkOrCopy(path, target)
      // The row that names it comes after; a power cut in between must not find the row alone.
      await toDisk(dirname(target))
    },
    read: async (sha256) => (await opened(sha256))?.createReadStream(),
    has: async (sha256) => {
      const file = await opened(sha256)
      await file?.close()
      return file !== undefined
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    list: async function* () {
      for (const group of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, group))) if (isContent.test(name)) yield name
      }
    }
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    // Another disk, or one without links: copied beside the target first, so that the target is never half there.
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'].includes(code ?? '')) throw error
    const beside = `${to}.${randomUUID()}.part`
    try {
      await copyFile(from, beside)
      await toDisk(beside)
      await rename(beside, to)
    } finally {
      // On a disk that is full half of it may lie there.
      await rm(beside, { force: true })
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}
