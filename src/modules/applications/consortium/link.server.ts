import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A secret for a link that is mailed to a partner, or for the receipt of an answer. */
export function newLink(): { secret: string; digest: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, digest: digestOfLink(secret) }
}

/** What is kept of it. */
export function digestOfLink(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** What is kept of an address once it is forgotten: whoever brings the link again can be asked whether it was theirs. */
export function digestOfAddress(secret: string, email: string): Buffer {
  return createHmac('sha256', secret).update(email.toLowerCase()).digest()
}
