import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link that is mailed to a partner. */
export function newLink(): { secret: string; digest: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, digest: digestOfLink(secret) }
}

/** What is kept of it. */
export function digestOfLink(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
