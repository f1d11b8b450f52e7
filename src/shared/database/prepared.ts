import { CompiledQuery } from 'kysely'
import type { Database } from './tables.ts'

/** A statement that each connection plans once. The name stands for the text: it is changed together with it. */
export type Prepared = { name: string; text: string }

/**
 * Runs a prepared statement, in the transaction where `database` is one. For what is asked very often: planning a
 * statement with several parts takes longer than running it.
 */
export async function runPrepared<Row>(
  database: Database,
  { name, text }: Prepared,
  parameters: readonly unknown[]
): Promise<Row[]> {
  const { rows } = await database.executeQuery<Row>(preparedQuery<Row>({ name, text }, parameters))
  return rows
}

/** A prepared statement with its parameters, as kysely takes it. */
export function preparedQuery<Row>(
  { name, text }: Prepared,
  parameters: readonly unknown[]
): CompiledQuery<Row> {
  const compiled = CompiledQuery.raw(text, [...parameters])
  // kysely hands it to pg as it is, and pg takes a name with it.
  return { ...compiled, sql: { name, text } as unknown as string } as CompiledQuery<Row>
}
