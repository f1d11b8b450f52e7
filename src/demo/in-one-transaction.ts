import type { ControlledTransaction } from 'kysely'
import type { Database, Tables } from '#shared/database/index.ts'

/**
 * Does work in which actions begin transactions of their own, and keeps all of it or nothing: their transactions are
 * parts (savepoints) of one. A part that fails is undone by itself, as a transaction would be.
 */
export async function inOneTransaction<Result>(
  database: Database,
  work: (whole: Database) => Promise<Result>
): Promise<Result> {
  const whole = await database.startTransaction().execute()
  try {
    const result = await work(withParts(whole))
    await whole.commit().execute()
    return result
  } catch (error) {
    await whole.rollback().execute()
    throw error
  }
}

function withParts(whole: ControlledTransaction<Tables>): Database {
  let parts = 0
  const transaction = () => ({
    async execute<Result>(work: (part: Database) => Promise<Result>): Promise<Result> {
      const name = `part_${++parts}`
      const part = await whole.savepoint(name).execute()
      try {
        const result = await work(part)
        await part.releaseSavepoint(name).execute()
        return result
      } catch (error) {
        await part.rollbackToSavepoint(name).execute()
        throw error
      }
    },
    setIsolationLevel: () => transaction(),
    setAccessMode: () => transaction()
  })
  return new Proxy(whole as Database, {
    get(target, name) {
      if (name === 'transaction') return transaction
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value
    }
  })
}
