import { channel } from 'node:diagnostics_channel'
import type { Database } from '../database/index.ts'
import type { Mail } from './mail.ts'
import './mail-tables.ts'

// By name, because the site's bundle holds a second copy of this module.
const queued = channel('kopa:mail-queued')

// Controls would break out of a header; marks of direction would let a name turn the words around it.
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu
const oneAddress = /^[^\s<>(),;:"@\\\p{Cc}\p{Cf}]+@[^\s<>(),;:"@\\\p{Cc}\p{Cf}]+$/u
const longestSubject = 200

/**
 * Puts a mail into the outbox, in the transaction of the act: no mail without the act, no act without its mail. It
 * only writes a row; the postman sends it after the commit (deliver-mail.ts).
 * @throws Error when `to` is not one plain address; whoever takes addresses from people checks them first
 */
export async function queueMail(transaction: Database, mail: Mail): Promise<void> {
  if (!oneAddress.test(mail.to) || mail.to.length > 254)
    throw new Error(`No address for a mail: ${mail.kind}`)
  const { paragraphs, link, unsubscribe } = mail
  await transaction
    .insertInto('mail.message')
    .values({
      kind: mail.kind,
      language: mail.language,
      person: mail.person ?? null,
      recipient: mail.to,
      subject: inOneLine(mail.subject),
      content: JSON.stringify({ paragraphs, link, unsubscribe }),
      opens: mail.opens ?? null,
      worthless_after: mail.worthlessAfter?.toString() ?? null
    })
    .execute()
  queued.publish(mail.kind)
}

/** A subject may hold what people typed: without line breaks and marks of direction, and not endless. */
export function inOneLine(subject: string): string {
  const line = subject.replace(invisible, ' ').replace(/ {2,}/g, ' ').trim()
  const characters = [...line]
  return characters.length > longestSubject ? `${characters.slice(0, longestSubject - 1).join('')}…` : line
}
