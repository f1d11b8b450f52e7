import type { Database } from './tables.ts'

/**
 * Lets whatever begins a transaction of its own take part in this one instead, so that an action can be part of
 * something larger. All is kept or nothing: an error must not be caught on the way out.
 */
export function joining(transaction: Database): Database {
  const builder = {
    setIsolationLevel: () => builder,
    setAccessMode: () => builder,
    execute: <Result>(work: (same: Database) => Promise<Result>) => work(transaction)
  }
  // Made for this one transaction by kysely, which otherwise throws here.
  return Object.defineProperty(transaction, 'transaction', { value: () => builder })
}
