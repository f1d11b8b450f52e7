import type { Database } from '#shared/database/index.ts'
import { hasSigned } from './audit-key.ts'
import type { Finding } from './findings.ts'
import { type Head, type HeadStatement, headLines } from './head.ts'
import { type Edge, rootOf } from './merkle.ts'

// A signature takes a tenth of a millisecond to check; what signs for the end signs for all before it.
const mostSignatures = 10_000

type Options = {
  log: string
  heads: AsyncGenerator<Head>
  headCount: number
  /** Heads that were kept elsewhere and are this log's. */
  kept: readonly HeadStatement[]
}

/** Compares the log, as it grows, with every head that was signed for a beginning of it. */
export class HeadComparison {
  readonly findings: Finding[] = []
  /** Keys that signed heads, in hexadecimal, with the size of the first. */
  readonly signedBy = new Map<string, number>()
  last: Head | undefined
  #options: Options
  #next: IteratorResult<Head> | undefined
  #kept: HeadStatement[]
  #seen = 0
  /** Up to here the log is as it was signed. */
  #good = 0
  #differs: { from: number; head: HeadStatement } | undefined

  constructor(options: Options) {
    this.#options = options
    this.#kept = options.kept.toSorted((a, b) => a.size - b.size)
  }

  /** @returns the size of the next head that has not been compared; Infinity when all have */
  async nextSize(): Promise<number> {
    this.#next ??= await this.#options.heads.next()
    const ofLog = this.#next.done ? Infinity : this.#next.value.size
    return Math.min(ofLog, this.#kept[0]?.size ?? Infinity)
  }

  /** Compares with the heads of this size. @returns the log's own one, if it is signed */
  async compare(edge: Edge): Promise<Head | undefined> {
    const root = rootOf(edge)
    while (this.#kept[0]?.size === edge.size) this.#compareOne(this.#kept.shift()!, root)
    if (!this.#next || this.#next.done || this.#next.value.size !== edge.size) return undefined
    const head = this.#next.value
    const signed = this.#isSigned(head, head.root.equals(root))
    if (signed) this.#compareOne(head, root)
    this.last = head
    this.#next = await this.#options.heads.next()
    return signed ? head : undefined
  }

  /** Whether the order of the log is the one that was signed, as far as it was compared. */
  get fits(): boolean {
    return this.#differs === undefined
  }

  #compareOne(head: HeadStatement, root: Buffer): void {
    if (head.root.equals(root)) this.#good = head.size
    // Every later one differs, too.
    else this.#differs ??= { from: this.#good, head }
  }

  /** @returns false when its signature was looked at and is not of what it says */
  #isSigned(head: Head, fits: boolean): boolean {
    const stride = Math.ceil(this.#options.headCount / mostSignatures)
    this.#seen++
    const key = head.publicKey.toString('hex')
    if (!this.signedBy.has(key)) this.signedBy.set(key, head.size)
    if (fits && this.#seen % stride !== 0 && this.#seen !== this.#options.headCount) return true
    const text = [this.#options.log, ...headLines(head)].map((line) => `${line}\n`).join('')
    if (hasSigned(head.publicKey, text, head.signature)) return true
    this.findings.push({ found: 'head-changed', size: head.size })
    return false
  }

  /** Whatever was signed for more than there is; and where the log first differs. */
  async end(snapshot: Database, size: number): Promise<void> {
    for (const head of this.#kept) this.#tooShort(head, size)
    for (; this.#next && !this.#next.done; this.#next = await this.#options.heads.next()) {
      this.last = this.#next.value
      if (this.#isSigned(this.last, false)) this.#tooShort(this.last, size)
    }
    const signed = this.last?.size ?? 0
    if (size > signed) this.findings.push({ found: 'not-signed', from: signed, entries: size - signed })
    if (this.#differs) this.findings.push(await difference(snapshot, this.#differs))
  }

  #tooShort(head: HeadStatement, entries: number): void {
    if (this.findings.some(({ found }) => found === 'shorter-than-head')) return
    const { size, sealedAt } = head
    this.findings.push({ found: 'shorter-than-head', size, sealedAt, from: this.#good, entries })
  }
}

const mostNamed = 20

async function difference(
  snapshot: Database,
  { from, head }: { from: number; head: HeadStatement }
): Promise<Finding> {
  const rows = await snapshot
    .selectFrom('audit.leaf')
    .select('entry')
    .where('position', '>=', String(from))
    .where('position', '<', String(head.size))
    .orderBy('position')
    .limit(mostNamed)
    .execute()
  const entries = rows.map(({ entry }) => entry)
  return { found: 'differs-from-head', size: head.size, sealedAt: head.sealedAt, from, entries }
}
