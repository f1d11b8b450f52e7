import type { Database } from './tables.ts'

type Options<Item, Result> = {
  /** Does the work of several, and answers in their order. Where it throws, each is tried alone. */
  work: (database: Database, items: readonly Item[]) => Promise<readonly Result[]>
  /** How many such works may be under way at once. */
  lanes: number
  /** How many are done in one. */
  most: number
  /**
   * Milliseconds that lie between two departures at least: when many come one by one, they gather. Whoever comes alone
   * never waits. Left out: none.
   */
  apart?: number
}

/**
 * Makes a question of which many come in the same moment, so that they are asked as one: whoever comes while the
 * lanes are taken waits and goes with the others. Nothing is remembered: each is asked after it came. Within a
 * transaction there is nobody to go with.
 */
export function together<Item, Result>({
  work,
  lanes,
  most,
  apart = 0
}: Options<Item, Result>): (database: Database, item: Item) => Promise<Result> {
  type Waiting = { item: Item; done: (result: Result) => void; failed: (error: unknown) => void }
  type Group = { waiting: Waiting[]; underWay: number; leaves: boolean; leftAt: number }
  const groups = new WeakMap<Database, Group>()

  async function go(database: Database, gone: readonly Waiting[]): Promise<void> {
    try {
      const results = await work(
        database,
        gone.map(({ item }) => item)
      )
      for (const [at, { done }] of gone.entries()) done(results[at]!)
    } catch (error) {
      if (gone.length === 1) return gone[0]!.failed(error)
      // One of them may have spoilt it for all.
      for (const one of gone) await go(database, [one])
    }
  }

  function leave(database: Database): void {
    const group = groups.get(database)!
    group.leaves = false
    while (group.underWay < lanes && group.waiting.length > 0) {
      group.underWay++
      group.leftAt = performance.now()
      void go(database, group.waiting.splice(0, most)).finally(() => {
        group.underWay--
        soon(database, group)
      })
    }
  }

  /** Lets those go who wait, together with whoever arrives with the same read of the network. */
  function soon(database: Database, group: Group): void {
    if (group.leaves || group.underWay === lanes || group.waiting.length === 0) return
    group.leaves = true
    const early = group.waiting.length < most ? group.leftAt + apart - performance.now() : 0
    if (early > 0) setTimeout(leave, early, database)
    else setImmediate(leave, database)
  }

  return (database, item) => {
    if (database.isTransaction) return work(database, [item]).then(([result]) => result!)
    let group = groups.get(database)
    if (!group) groups.set(database, (group = { waiting: [], underWay: 0, leaves: false, leftAt: -Infinity }))
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    group.waiting.push({ item, done: resolve, failed: reject })
    soon(database, group)
    return promise
  }
}
