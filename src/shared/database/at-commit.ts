import { type CompiledQuery, type DatabaseConnection, PostgresDialect, PostgresDriver } from 'kysely'
import type { Dialect, PostgresPool } from 'kysely'
import type { Database } from './tables.ts'

/**
 * What a transaction says at its end: gathered while it works, and sent together with its commit. It costs no wait
 * of its own, and what it locks is locked for the shortest time. Before the commit it cannot be read.
 */
export type Saying<Item> = {
  /** Tells sayings apart; all items of one name become its statements. */
  name: string
  /** Parameters are texts, bytes, null, or lists of texts: nothing that could fail before it is sent. */
  statements: (items: readonly Item[]) => CompiledQuery[]
  /** Hears the rows of each statement, once the transaction is committed. */
  committed: (items: readonly Item[], rows: readonly (readonly unknown[])[]) => void
}

type Gathered = { said: { saying: Saying<unknown>; item: unknown }[]; savepoints: Map<string, number> }

// The site's bundle holds a second copy of this module: what both must share is kept on the connection.
const place = Symbol.for('kopa.at-commit')
type Connection = DatabaseConnection & { [place]?: Gathered | undefined }
type Driver = PostgresDriver

const nothingYet = (): Gathered => ({ said: [], savepoints: new Map() })

/** Adds an item to what the transaction says at its end; a rollback forgets it. */
export async function atCommit<Item>(transaction: Database, saying: Saying<Item>, item: Item): Promise<void> {
  if (!transaction.isTransaction) throw new Error(`${saying.name} belongs into a transaction.`)
  await transaction.getExecutor().provideConnection(async (connection: Connection) => {
    const gathered = (connection[place] ??= nothingYet())
    gathered.said.push({ saying: saying as Saying<unknown>, item })
  })
}

/** PostgreSQL through a pool whose clients are pipelined: they send without waiting for earlier answers. */
export function dialectAtCommit(pool: PostgresPool): Dialect {
  const plain = new PostgresDialect({ pool })
  return {
    createDriver: () => new DriverAtCommit({ pool }),
    createAdapter: () => plain.createAdapter(),
    createIntrospector: (database) => plain.createIntrospector(database),
    createQueryCompiler: () => plain.createQueryCompiler()
  }
}

class DriverAtCommit extends PostgresDriver {
  override async commitTransaction(connection: Connection): Promise<void> {
    const sayings = groupedBySaying(connection[place])
    connection[place] = undefined
    if (sayings.length === 0) return super.commitTransaction(connection)
    const compiled = sayings.map(({ saying, items }) => saying.statements(items))
    // Everything is on its way before the first answer comes. Where a statement fails, PostgreSQL makes the commit
    // a rollback.
    const said = compiled.map((statements) =>
      Promise.allSettled(statements.map((statement) => connection.executeQuery(statement)))
    )
    const [committed] = await Promise.allSettled([super.commitTransaction(connection)])
    const answers = await Promise.all(said)
    const failed = [...answers.flat(), committed].find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    for (const [at, { saying, items }] of sayings.entries()) {
      const rows = answers[at]!.map((answer) => (answer.status === 'fulfilled' ? answer.value.rows : []))
      saying.committed(items, rows)
    }
  }

  override async rollbackTransaction(connection: Parameters<Driver['rollbackTransaction']>[0]) {
    ;(connection as Connection)[place] = undefined
    await super.rollbackTransaction(connection)
  }

  override async savepoint(connection: Connection, ...rest: Name) {
    await super.savepoint(connection, ...rest)
    const gathered = (connection[place] ??= nothingYet())
    gathered.savepoints.set(rest[0], gathered.said.length)
  }

  override async rollbackToSavepoint(connection: Connection, ...rest: Name) {
    await super.rollbackToSavepoint(connection, ...rest)
    const gathered = connection[place]
    if (gathered) gathered.said.length = gathered.savepoints.get(rest[0]) ?? 0
  }
}

/** The name of a savepoint, and what kysely compiles it with. */
type Name =
  Parameters<Driver['savepoint']> extends [unknown, ...infer Rest extends [string, unknown]] ? Rest : never

function groupedBySaying(gathered: Gathered | undefined): { saying: Saying<unknown>; items: unknown[] }[] {
  const groups = new Map<string, { saying: Saying<unknown>; items: unknown[] }>()
  for (const { saying, item } of gathered?.said ?? []) {
    const group = groups.get(saying.name)
    if (group) group.items.push(item)
    else groups.set(saying.name, { saying, items: [item] })
  }
  return [...groups.values()]
}
