import { createHash } from 'node:crypto'
import { guardedFetch } from '#shared/outbound/guarded-fetch.ts'
import type { Network } from '#shared/outbound/network.ts'

/** Whether a password is known to have leaked somewhere. */
export type IsLeaked = (password: string) => Promise<boolean>

type Log = { warn: (facts: object, said: string) => void }

// Nobody waits longer for an answer that may not come.
const patience = 2000 // not of a guide: milliseconds
// An answer has some 800 lines, and is padded so that its length tells nothing.
const largestAnswer = 500_000 // not of a guide: bytes

/**
 * Asks a service of leaked passwords (the range interface of Have I Been Pwned, or a copy of it). Five characters of a
 * digest leave the house, which a million passwords share; which of them it was stays here.
 * @param range the address that the five characters are put behind; undefined: nobody is asked
 * @returns false also where the service does not answer: signing up does not depend on somebody else's server
 */
export function askIfLeaked(range: string | undefined, network: Network, log: Log): IsLeaked {
  if (range === undefined) return async () => false
  return async (password) => {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
    const answer = await guardedFetch(
      range + digest.slice(0, 5),
      {
        purpose: 'leaked passwords',
        headers: { 'add-padding': 'true' },
        timeoutMs: patience,
        maxBytes: largestAnswer,
        maxRedirects: 0
      },
      network
    )
    if ('refused' in answer || answer.status !== 200) {
      const why = 'refused' in answer ? answer.refused : answer.status
      log.warn({ why }, 'the service of leaked passwords did not answer')
      return false
    }
    const rest = digest.slice(5)
    // Lines added as padding say that it leaked 0 times.
    return Buffer.from(answer.body)
      .toString('latin1')
      .split(/\r?\n/)
      .some((line) => line.startsWith(`${rest}:`) && !/:0*$/.test(line))
  }
}
