import { type RawBuilder, sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import { type Rounds, startRounds } from '#shared/jobs/index.ts'
import { type Head, headLines } from './head.ts'
import { type Edge, append, rootOf } from './merkle.ts'
import type { Signer } from './signed-note.ts'
import { edgeAt } from './tree-store.ts'
import './audit-tables.ts'

type Options = {
  database: Database
  signer: Signer
  log: Logger
  /** Hears of each head that this process sealed, once it is kept. */
  publish: (head: Head) => void
  /** Done before the first round; tried again until it succeeds. */
  begin?: () => Promise<void>
}

const every = 250
/** Entries in one transaction of the sealer: a round that has more seals parts of so many, and a rest. */
export const mostAtOnce = 5000
// “SEAL” in hexadecimal: whoever holds it seals.
const advisoryLock = 0x5345414c

/**
 * Gives committed entries their place in order, every quarter of a second, and signs for all so far. Several servers
 * may run it: one at a time seals. With nothing to seal it asks one question a round and writes nothing.
 */
export function startSealer({ database, signer, log, publish, begin }: Options): Rounds {
  const sealer = new Sealer(database, signer)
  let begun = begin === undefined
  return startRounds({
    name: 'audit',
    every,
    log,
    work: async (stopping) => {
      if (!begun) await begin!()
      begun = true
      for await (const head of sealer.round()) {
        publish(head)
        if (stopping.aborted) return
      }
    }
  })
}

/** Where a round looks: entries settled by transactions from `from` up to `horizon`. */
type Range = {
  from: string
  /** All entries that are settled below it are visible, and no other can become so. */
  horizon: string
  /** Whether entries may have come with a backup, from a cluster whose transactions have higher numbers. */
  foreign: boolean
}

/** One who seals. Remembers how far all is sealed, so that a round does not look at everything again. */
export class Sealer {
  #database: Database
  #signer: Signer
  #begin: Omit<Range, 'horizon'> | undefined
  /** The tree as this process left it; another may have gone on. */
  #edge: Edge | undefined

  constructor(database: Database, signer: Signer) {
    this.#database = database
    this.#signer = signer
  }

  /**
   * Seals what is committed and below the oldest transaction that still runs: nothing can appear there any more.
   * The horizon stays the same for a whole round, so that entries of one subject are sealed in their order.
   */
  async *round(): AsyncGenerator<Head> {
    const begin = (this.#begin ??= await beginning(this.#database))
    const { rows } = await sql<{ horizon: string; some: boolean }>`
      select horizon, exists (${waiting(begin, sql`horizon`, '0')}) as some
      from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) as now`.execute(this.#database)
    const { horizon, some } = rows[0]!
    for (let after = '0', more = some; more;) {
      const sealed = await this.#seal({ ...begin, horizon }, after)
      // Another server seals now.
      if (sealed === 'busy') return
      if (sealed.head) yield sealed.head
      ;({ after, more } = sealed)
    }
    this.#begin = { from: horizon, foreign: false }
  }

  async #seal(range: Range, after: string) {
    return this.#database.transaction().execute(async (transaction) => {
      const { rows: locks } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(${sql.lit(advisoryLock)}) as mine`.execute(transaction)
      if (!locks[0]!.mine) return 'busy'
      const { rows: leaves } = await sql<{ entry: string; digest: Buffer }>`
        select entry, digest from (${waiting(range, sql`${range.horizon}::xid8`, after)}) as waiting
        order by entry limit ${sql.lit(mostAtOnce)}`.execute(transaction)
      if (leaves.length === 0) return { head: undefined, after, more: false }
      const before = await this.#edgeNow(transaction)
      const edge = leaves.reduce((grown, { digest }) => append(grown, digest), before)
      const head = await this.#sign(transaction, edge)
      const more = leaves.length === mostAtOnce
      const { root, sealedAt, publicKey, signature } = head
      // Whoever goes on after this process ended in the midst of a backlog looks for the rest of it.
      const horizon = more ? range.from : range.horizon
      await sql`
        select audit.seal(${before.size}, ${leaves.map(({ entry }) => entry)}::bigint[], ${root}, ${sealedAt},
          ${horizon}, ${publicKey}, ${signature})`.execute(transaction)
      this.#edge = edge
      return { head, after: leaves.at(-1)!.entry, more }
    })
  }

  async #edgeNow(transaction: Database): Promise<Edge> {
    const last = await transaction
      .selectFrom('audit.head')
      .select('size')
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst()
    const size = Number(last?.size ?? 0)
    // A transaction that failed after all leaves an edge that never was.
    return this.#edge?.size === size ? this.#edge : edgeAt(transaction, size)
  }

  async #sign(transaction: Database, edge: Edge): Promise<Head> {
    const { rows } = await sql<{ now: string }>`
      select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`.execute(
      transaction
    )
    const { key, name } = this.#signer
    const said = { size: edge.size, root: rootOf(edge), sealedAt: rows[0]!.now }
    const signature = key.sign([name, ...headLines(said)].map((line) => `${line}\n`).join(''))
    return { ...said, publicKey: key.publicKey, signature }
  }
}

/** The entries that a round would seal; to be ordered by `entry`. */
function waiting({ from, foreign }: Omit<Range, 'horizon'>, horizon: RawBuilder<unknown>, after: string) {
  // What is visible and lies ahead of every transaction is another cluster's, and settled.
  const ahead = foreign ? sql`or e.settled_by >= pg_snapshot_xmax(pg_current_snapshot())` : sql``
  return sql`
    select e.id as entry, e.digest from audit.entry e
    where ((e.settled_by >= ${from}::xid8 and e.settled_by < ${horizon}) ${ahead}) and e.id > ${after}::bigint
      and not exists (select from audit.leaf l where l.entry = e.id)`
}

/** Where the last head left off; from the very beginning where numbers of transactions cannot be compared. */
async function beginning(database: Database): Promise<Omit<Range, 'horizon'>> {
  const { rows } = await sql<{ from: string; foreign: boolean }>`
    select coalesce(last.horizon, '0') as from,
      coalesce(last.horizon > pg_snapshot_xmax(pg_current_snapshot()), false)
        or exists (select from audit.entry where settled_by >= pg_snapshot_xmax(pg_current_snapshot())) as foreign
    from (select) as always
    left join (select horizon from audit.head order by size desc limit 1) as last on true`.execute(database)
  const { from, foreign } = rows[0]!
  return foreign ? { from: '0', foreign } : { from, foreign }
}
