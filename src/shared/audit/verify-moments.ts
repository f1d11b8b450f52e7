import { longestTransaction } from '#shared/database/index.ts'
import { instantOf, momentOf } from './digests.ts'
import type { Finding } from './findings.ts'
import type { Head } from './head.ts'
import type { LogRow } from './log-rows.ts'
import { mostAtOnce } from './sealer.ts'

// Microseconds. Clocks are set now and then, and another server's may take over.
const clockTolerance = 10_000_000
// An entry waits for its place while transactions run that are older than it.
const longestWait = longestTransaction * 1_000_000

/**
 * Compares the moment that each entry names with those at which its part of the log was signed. An entry written today
 * “of last year” fits with its digests, and is sealed like any other; what it cannot be is in a part of last year.
 */
export class MomentCheck {
  readonly findings: Finding[] = []
  #size = 0
  /** When the sealer began the round before; microseconds since the year 2000, as all here. */
  #notBefore: number | undefined
  /** When it sealed the first part of a round of several. */
  #roundBegan: number | undefined
  /** The one of the latest moment since the last head. */
  #latest: { row: LogRow; at: number } | undefined

  /** An entry that is next in the log, or has no place yet. */
  see(row: LogRow): void {
    if (row.digests === null) return
    // The moment as it was hashed: after the two digests and the number.
    const at = Number(row.digests.readBigInt64BE(68))
    if (this.#notBefore !== undefined && at < this.#notBefore - longestWait) {
      this.findings.push({ found: 'back-dated', ...named(row, at), notBefore: textOf(this.#notBefore) })
    }
    if (row.position !== null && (!this.#latest || at > this.#latest.at)) this.#latest = { row, at }
  }

  /** All that was seen so far was sealed by this moment. @param head its signature holds */
  sealedBy(head: Head): void {
    const at = Number(momentOf(head.sealedAt))
    if (this.#latest && this.#latest.at > at + clockTolerance) {
      const { row, at: says } = this.#latest
      this.findings.push({ found: 'dated-ahead', ...named(row, says), sealedAt: head.sealedAt })
    }
    this.#latest = undefined
    // A backlog is sealed in full parts, the later ones after what is in them could have been.
    const isMore = head.size - this.#size === mostAtOnce
    this.#size = head.size
    this.#roundBegan ??= at
    if (isMore) return
    // The latest of all: so it takes more than one changed head, of which not every signature is looked at.
    this.#notBefore = Math.max(this.#notBefore ?? this.#roundBegan, this.#roundBegan)
    this.#roundBegan = undefined
  }
}

const textOf = (moment: number) => instantOf(BigInt(moment))

const named = ({ entry, act, kind, subject }: LogRow, at: number) => ({
  entry,
  act,
  subject: { kind, id: subject },
  at: textOf(at)
})
