import { hash } from 'node:crypto'
import { type AuditKey, hasSigned, publicKeyOfPem } from './audit-key.ts'

/**
 * Text with a signature below it, in the form of c2sp.org/signed-note, which other programs read:
 *
 *     kopa/0b7c…            who signs
 *     …                     what is said
 *
 *     — kopa/0b7c… q83v…    the signature of all above the empty line
 */
export type SignedNote = { lines: string[]; signature: Buffer }

// The algorithm's number in that form: Ed25519.
const ed25519 = 1

/** What signs for a log: its name, and the key. */
export type Signer = { name: string; key: AuditKey }

/** @param lines after the first, which is the log's name */
export function signNote({ name, key }: Signer, lines: readonly string[]): string {
  return noteWith(name, key.publicKey, lines, key.sign(bodyOf(name, lines)))
}

/** A note whose signature is known already. */
export function noteWith(
  name: string,
  publicKey: Uint8Array,
  lines: readonly string[],
  signature: Uint8Array
): string {
  const signed = Buffer.concat([keyId(name, publicKey), signature]).toString('base64')
  return `${bodyOf(name, lines)}\n— ${name} ${signed}\n`
}

const bodyOf = (name: string, lines: readonly string[]) =>
  [name, ...lines].map((line) => `${line}\n`).join('')

/** What is said in a note of this log, signed by this key; undefined when it is not. */
export function readNote(note: string, name: string, publicKey: Uint8Array): string[] | undefined {
  const end = note.indexOf('\n\n')
  const body = note.slice(0, end + 1)
  const [first, ...lines] = body.slice(0, -1).split('\n')
  if (end < 0 || first !== name) return undefined
  for (const line of note.slice(end + 2).split('\n')) {
    const signed = line.startsWith(`— ${name} `)
      ? Buffer.from(line.slice(name.length + 3), 'base64')
      : undefined
    if (!signed || !signed.subarray(0, 4).equals(keyId(name, publicKey))) continue
    return hasSigned(publicKey, body, signed.subarray(4)) ? lines : undefined
  }
  return undefined
}

function keyId(name: string, publicKey: Uint8Array): Buffer {
  const text = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ed25519]), publicKey])
  return hash('sha256', text, 'buffer').subarray(0, 4)
}

/** A public key as such programs take it: name+id+key. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const key = Buffer.concat([Buffer.from([ed25519]), publicKey]).toString('base64')
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key}`
}

/** The other way; undefined when it is none. */
export function readVerifierKey(text: string): { name: string; publicKey: Buffer } | undefined {
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  if (!name || !key) return undefined
  const bytes = Buffer.from(key, 'base64')
  const publicKey = bytes.subarray(1)
  if (bytes[0] !== ed25519 || publicKey.length !== 32) return undefined
  return keyId(name, publicKey).toString('hex') === id ? { name, publicKey } : undefined
}

/** The public keys of a text: verifier keys, one a line, or PEM. What is neither is passed over. */
export function readPublicKeys(text: string): Buffer[] {
  const pems = text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []
  const ofLines = text.split('\n').flatMap((line) => readVerifierKey(line)?.publicKey ?? [])
  return [...ofLines, ...pems.flatMap((pem) => publicKeyOfPem(pem) ?? [])]
}
