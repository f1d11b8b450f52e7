import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'

/**
 * A database whose transactions are all parts of this one: what actions do in it stays altogether or not at all.
 * A part that fails is undone by itself, as a transaction would be.
 */
export function inOneTransaction(whole: Database): Database {
  let parts = 0
  const transaction = () => ({
    async execute<Result>(work: (part: Database) => Promise<Result>): Promise<Result> {
      const name = sql.id(`part_${++parts}`)
      await sql`savepoint ${name}`.execute(whole)
      try {
        const result = await work(whole)
        await sql`release savepoint ${name}`.execute(whole)
        return result
      } catch (error) {
        await sql`rollback to savepoint ${name}`.execute(whole)
        throw error
      }
    },
    setIsolationLevel: () => transaction(),
    setAccessMode: () => transaction()
  })
  return new Proxy(whole, {
    get(target, name) {
      if (name === 'transaction') return transaction
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value
    }
  })
}
