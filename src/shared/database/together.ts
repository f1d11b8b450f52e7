import type { Database } from './connection.ts'

type Options<Item, Result> = {
  /** Does the work of several, and answers in their order. Where it throws, each is tried alone. */
  work: (database: Database, items: readonly Item[]) => Promise<readonly Result[]>
  /** How many such works may be under way at once. */
  lanes: number
  /** How many are done in one. */
  most: number
}

/**
 * Makes a question of which many come in the same moment, so that they are asked as one: whoever comes while the
 * lanes are taken waits and goes with the others. Nothing is remembered: each is asked after it came. Within a
 * transaction there is nobody to go with.
 */
export function together<Item, Result>({
  work,
  lanes,
  most
}: Options<Item, Result>): (database: Database, item: Item) => Promise<Result> {
  type Waiting = { item: Item; done: (result: Result) => void; failed: (error: unknown) => void }
  const groups = new WeakMap<Database, { waiting: Waiting[]; underWay: number; leaves: boolean }>()

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
      void go(database, group.waiting.splice(0, most)).finally(() => {
        group.underWay--
        leave(database)
      })
    }
  }

  return (database, item) => {
    if (database.isTransaction) return work(database, [item]).then(([result]) => result!)
    let group = groups.get(database)
    if (!group) groups.set(database, (group = { waiting: [], underWay: 0, leaves: false }))
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    group.waiting.push({ item, done: resolve, failed: reject })
    if (!group.leaves && group.underWay < lanes) {
      group.leaves = true
      // Whoever arrived with the same read of the network goes along.
      setImmediate(leave, database)
    }
    return promise
  }
}
