import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  const cipher = createCipheriv(algorithm, keyIn(keyFile), iv).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** Opens it; undefined when it cannot be opened: the key is another, or somebody changed the database. */
export function unseal(keyFile: string, owner: string, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(algorithm, keyIn(keyFile), sealed.subarray(0, 12))
    .setAAD(Buffer.from(owner))
    .setAuthTag(sealed.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    return undefined
  }
}

/** The key of the installation; read once. */
function keyIn(file: string): Buffer {
  let key = keys.get(file)
  if (!key) keys.set(file, (key = readOrMake(file)))
  return key
}

function readOrMake(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
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
