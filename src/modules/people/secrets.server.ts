import { hash, randomBytes } from 'node:crypto'

/** A secret that nobody guesses: 32 random bytes, as text for a cookie or an address. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of such a secret. It is long and random, no password, so a plain digest is enough. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
