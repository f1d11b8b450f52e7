import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Outline, Participant } from '../application.ts'

/**
 * How somebody shows that it was they who agreed by a mailed link: by the receipt that was shown only then, or by the
 * link together with an account whose confirmed address is the one it was mailed to. The link alone shows nothing:
 * mails are forwarded, and mailboxes change hands.
 */
export type Shown = 'receipt' | 'address'

/** A record of the register. */
export type OwnRecord = { id: string; code: string; name: string; country: string }

/** Whether a partner that agreed by a mailed link can be connected to the organisation that the reader acts for. */
export type Connection =
  | { answer: 'can'; record: OwnRecord }
  /** It is that organisation already. */
  | { answer: 'there' }
  | { answer: 'cannot'; why: WhyNotConnected }

export type WhyNotConnected =
  | 'sign-in'
  /** Signed in, but nothing shows that it was they who agreed. */
  | 'not-shown'
  | 'not-a-draft'
  /** It is another organisation of the register: that one’s people answer. */
  | 'another-partner'
  /** Acts for no organisation, or may not sign for it. */
  | 'not-signing'
  /** The organisation takes part as another partner. */
  | 'already-in'
  /** The rules count by country, and the mandate was given for another. */
  | 'another-country'

/** Decides it. @param record of the organisation that the caller acts for */
export function connectionOf({
  outline,
  partner,
  caller,
  shown,
  record
}: {
  outline: Outline
  partner: Participant
  caller: Caller
  shown: Shown | undefined
  record: OwnRecord | undefined
}): Connection {
  const cannot = (why: WhyNotConnected): Connection => ({ answer: 'cannot', why })
  if (!isSignedIn(caller)) return cannot('sign-in')
  if (shown === undefined) return cannot('not-shown')
  if (partner.organisation !== null)
    return partner.organisation === record?.id ? { answer: 'there' } : cannot('another-partner')
  if (outline.state !== 'draft') return cannot('not-a-draft')
  if (!record || caller.acting?.role !== 'representative') return cannot('not-signing')
  if (outline.participants.some(({ organisation }) => organisation === record.id)) return cannot('already-in')
  if (record.country !== partner.country) return cannot('another-country')
  return { answer: 'can', record }
}
