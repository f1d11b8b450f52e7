import { channel } from 'node:diagnostics_channel'
import type { Database } from '../database/index.ts'
import { inOneLine, longestAddress, oneAddress } from './addresses.ts'
import type { Mail } from './mail.ts'
import './mail-tables.ts'

// By name, because the site's bundle holds a second copy of this module.
const queued = channel('kopa:mail-queued')

/**
 * Puts a mail into the outbox, in the transaction of the act: no mail without the act, no act without its mail. It
 * only writes a row; the postman sends it after the commit (deliver-mail.ts).
 * @throws Error when `to` is not one plain address; whoever takes addresses from people checks them first
 */
export async function queueMail(transaction: Database, mail: Mail): Promise<void> {
  await queueMails(transaction, [mail])
}

/** Puts several mails into the outbox at once. */
export async function queueMails(transaction: Database, mails: readonly Mail[]): Promise<void> {
  if (mails.length === 0) return
  const rows = mails.map((mail) => {
    if (!oneAddress.test(mail.to) || mail.to.length > longestAddress)
      throw new Error(`No address for a mail: ${mail.kind}`)
    const { paragraphs, link, unsubscribe } = mail
    return {
      kind: mail.kind,
      language: mail.language,
      person: mail.person ?? null,
      recipient: mail.to,
      subject: inOneLine(mail.subject),
      content: JSON.stringify({ paragraphs, link, unsubscribe }),
      opens: mail.opens ?? null,
      worthless_after: mail.worthlessAfter?.toString() ?? null
    }
  })
  await transaction.insertInto('mail.message').values(rows).execute()
  queued.publish(mails[0]!.kind)
}
