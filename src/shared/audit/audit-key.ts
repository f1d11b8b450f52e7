import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify
} from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Refusal } from '../operating/refusal.ts'

/** What signs receipts and heads: Ed25519. The private half never leaves this object. */
export type AuditKey = {
  /** 32 bytes. */
  publicKey: Buffer
  /** @returns 64 bytes */
  sign: (text: string) => Buffer
}

/**
 * The key of a file (PEM, PKCS 8, Ed25519); the first start makes it, readable by the user who runs Kopā alone.
 * Refuses a file that holds anything else.
 */
export function openAuditKey(file: string): AuditKey {
  try {
    const key = createPrivateKey(readOrMake(file))
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a key of ${key.asymmetricKeyType}`)
    return { publicKey: rawOf(createPublicKey(key)), sign: (text) => sign(null, Buffer.from(text), key) }
  } catch (cause) {
    const why = (cause as Error).message
    throw new Refusal((t) => t('operating.audit-key-unusable', { file, why }), { cause })
  }
}

function readOrMake(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const unfinished = `${file}.${process.pid}.part`
  writeFileSync(unfinished, made, { mode: 0o600 })
  try {
    // Never over one that another process made at the same time.
    linkSync(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(unfinished)
  }
  return readFileSync(file, 'utf8')
}

function rawOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
}

/** Whether this public key (32 bytes) signed the text. */
export function hasSigned(publicKey: Uint8Array, text: string, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(text), key, signature)
}

/** The 32 bytes of a public key in PEM; undefined when it is none of Ed25519. */
export function publicKeyOfPem(pem: string): Buffer | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? rawOf(key) : undefined
  } catch {
    return undefined
  }
}
