import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the key lies: in the data folder, outside the database and its backups. */
export const keyFile = join('keys', 'people.key')

const algorithm = 'aes-256-gcm'
const keys = new Map<string, Buffer>()

/**
 * Seals a secret that has to be read again (of one-time codes), so that a copy of the database alone gives nothing
 * away. @param owner whose it is: sealed for one person it does not open for another
 */
export function seal(dataFolder: string, owner: string, secret: Uint8Array): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv(algorithm, keyIn(dataFolder), iv).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** Opens it; undefined when it cannot be opened: the key is another, or somebody changed the database. */
export function unseal(dataFolder: string, owner: string, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, keyIn(dataFolder), sealed.subarray(0, 12))
    .setAAD(Buffer.from(owner))
    .setAuthTag(sealed.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    return undefined
  }
}

/** The key of the installation; made when it is needed first. */
function keyIn(dataFolder: string): Buffer {
  let key = keys.get(dataFolder)
  if (!key) keys.set(dataFolder, (key = readOrMake(join(dataFolder, keyFile))))
  return key
}

function readOrMake(file: string): Buffer {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  try {
    // Of two that begin at once one makes it, and both read it.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${file} holds no key of 32 bytes`)
  return key
}
