import type { MailState } from '#shared/mail/message.ts'

/** The states of a mail, in the order in which they are shown. */
export const mailStates = [
  'waiting',
  'kept',
  'sending',
  'sent',
  'failed'
] as const satisfies readonly MailState[]

/** The state that an address names; undefined: all. */
export function stateNamed(name: string | null | undefined): MailState | undefined {
  return mailStates.find((state) => state === name)
}

/** Whether an address may name a mail by this. */
export function isMailId(text: string | null | undefined): text is string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '')
}

/**
 * What becomes of mail in this installation.
 * - `sent`: it goes to a mail server · `no-server`: none is configured, mail is kept here; `alone`: nobody but this
 *   machine reaches the site
 * - `demonstration`: it is written to invented people, and kept here for everybody to read
 */
export type Delivery =
  { way: 'sent'; host: string } | { way: 'no-server'; alone: boolean } | { way: 'demonstration' }

/**
 * Whether the words of a mail are shown. Where mail goes out they are a matter between the sender and the reader. Where
 * it stays here, this is where it is read; but a link that opens somebody's account is nobody else's, unless there is
 * nobody else: on one's own machine, or where all people are invented.
 */
export function showsWords(delivery: Delivery, { opens }: { opens: 'account' | null }): boolean {
  if (delivery.way === 'sent') return false
  return opens === null || delivery.way === 'demonstration' || delivery.alone
}

/** Whether a mail can be had sent again. One that was erased, or whose link has ended, cannot. */
export function canBeSent(
  mail: { state: MailState; failure: string | null; erased: boolean },
  { way }: Delivery
): boolean {
  if (way !== 'sent' || mail.erased) return false
  return mail.state === 'kept' || (mail.state === 'failed' && mail.failure !== 'too-late')
}
