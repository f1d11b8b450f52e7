import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname } from 'node:path'

const algorithm = 'aes-256-gcm'
const keys = new Map<string, Buffer>()

/**
 * Seals a secret that has to be read again (of one-time codes), so that a copy of the database alone gives nothing
 * away.
 * @param keyFile where the key lies, outside the database and its backups; made when it is needed first
 * @param owner whose it is: sealed for one person it does not open for another
 */
export function seal(keyFile: string, owner: string, secret: Uint8Array): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv(algorithm, keyIn(keyFile, readOrMake), iv).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/**
 * Opens it; undefined when it cannot be opened: the key is missing or another, or somebody changed the database. No key
 * is made for that: a new one would open nothing.
 */
export function unseal(keyFile: string, owner: string, sealed: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv(algorithm, keyIn(keyFile, read), sealed.subarray(0, 12))
      .setAAD(Buffer.from(owner))
      .setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    return undefined
  }
}

/** The key of the installation; read once. */
function keyIn(file: string, open: (file: string) => Buffer): Buffer {
  let key = keys.get(file)
  if (!key) keys.set(file, (key = open(file)))
  return key
}

function read(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${file} holds no key of 32 bytes`)
  return key
}

/** Makes the key where there is none. It is whole on the disk before it has its name: none is ever read half written. */
function readOrMake(file: string): Buffer {
  if (existsSync(file)) return read(file)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(aside, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true })
  try {
    // Of two that begin at once one gives it its name, and both read it.
    linkSync(aside, file)
    flushFolder(dirname(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(aside)
  }
  return read(file)
}

function flushFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
