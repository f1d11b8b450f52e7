import type { Temporal } from 'temporal-polyfill'

/**
 * Where a mail stands.
 * - `waiting`: it will be sent · `kept`: it stays in the outbox until somebody has it sent, because no mail server was
 *   configured, or because it came back with a backup · `sending`: it is with the mail server; when the process
 *   ended meanwhile, nobody knows whether it arrived, and it is sent again with the same Message-ID
 * - `sent`: the mail server took it · `failed`: it will not be sent
 */
export type MailState = 'waiting' | 'kept' | 'sending' | 'sent' | 'failed'

/**
 * Why a mail failed: the mail server refused it for good; it put it off for too long; its link ended before the mail
 * could be sent.
 */
export type MailFailure = 'refused' | 'given-up' | 'too-late'

/** What an attempt to send came to. `answer` is what the mail server said, or what went wrong on the way. */
export type Outcome =
  | { outcome: 'sent'; answer: string }
  /** This mail, for good. */
  | { outcome: 'refused'; answer: string }
  /** This mail, for now. */
  | { outcome: 'put-off'; answer: string }
  /** No mail can be sent: out of reach, no STARTTLS, wrong password, sender not allowed. */
  | { outcome: 'server-trouble'; answer: string }

/** What happens to the mail after an attempt. */
export type NextStep =
  | { state: 'sent' }
  | { state: 'failed'; failure: MailFailure }
  /** Tried again after so many seconds. */
  | { state: 'waiting'; after: number }

const minute = 60
// A mail server that greylists wants some minutes; one that is full may take days.
const waits = [minute, 5 * minute, 15 * minute, 60 * minute, 240 * minute]

/** RFC 5321 advises four or five days. */
export const giveUpAfterDays = 5

/**
 * Decides what comes after an attempt.
 * @param attempts how many there have been, this one included
 */
export function afterAttempt(
  { outcome }: Outcome,
  { attempts, queuedAt, now }: { attempts: number; queuedAt: Temporal.Instant; now: Temporal.Instant }
): NextStep {
  if (outcome === 'sent') return { state: 'sent' }
  if (outcome === 'refused') return { state: 'failed', failure: 'refused' }
  // It is not this mail's fault: it keeps its place, and the postman waits as a whole.
  if (outcome === 'server-trouble') return { state: 'waiting', after: 0 }
  const hours = now.since(queuedAt).total('hours')
  if (hours > giveUpAfterDays * 24) return { state: 'failed', failure: 'given-up' }
  return { state: 'waiting', after: waits[Math.min(attempts, waits.length) - 1]! }
}

/** What nodemailer tells of a failed attempt. */
type SmtpError = {
  code?: string
  command?: string
  responseCode?: number
  response?: string
  message: string
}

/**
 * Whose fault it was. Only an answer to this recipient (RCPT TO) or to this message (DATA) concerns the one mail; the
 * server says 5xx where it will never take it, and 4xx where it may later.
 */
export function outcomeOf({ command, responseCode, response, message }: SmtpError): Outcome {
  const answer = (response || message).slice(0, 500)
  const aboutMail = command === 'RCPT TO' || command === 'DATA'
  // 421: the server is closing; 503: the session is in the wrong state. The mail itself may be fine.
  if (!aboutMail || !responseCode || responseCode === 421 || responseCode === 503) {
    return { outcome: 'server-trouble', answer }
  }
  return { outcome: responseCode >= 500 ? 'refused' : 'put-off', answer }
}
