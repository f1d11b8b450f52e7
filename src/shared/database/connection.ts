import { Kysely } from 'kysely'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { dialectAtCommit } from './at-commit.ts'
import type { Database, Tables } from './tables.ts'

/** Where a PostgreSQL server answers: an address, or the parts of one (host may be the folder of a Unix socket). */
export type DatabaseServer =
  | { connectionString: string }
  | { host: string; port: number; user: string; password: string; database: string }

/** Seen in pg_stat_activity: who is connected. A restore refuses while a server or a worker is. */
export type Connected = 'kopa-server' | 'kopa-worker' | 'kopa-command' | 'kopa-test'

const timestamptz = 1184
const date = 1082

/**
 * PostgreSQL's types as the product reads them: timestamptz is a Temporal.Instant, date a Temporal.PlainDate;
 * bigint and numeric stay text, because a JavaScript number cannot hold them all.
 */
export const columnTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && type === timestamptz) return toInstant
    if (format !== 'binary' && type === date) return (text: string) => Temporal.PlainDate.from(text)
    return pg.types.getTypeParser(type, format as 'text')
  }
} as pg.CustomTypesConfig

// '2026-11-22 02:33:26.1+00' is what PostgreSQL writes; 'infinity' stays text, it is no moment.
function toInstant(text: string) {
  return text.endsWith('infinity') ? text : Temporal.Instant.from(text.replace(' ', 'T'))
}

/**
 * Seconds. No transaction of a server or a worker is longer, where PostgreSQL can see to it (17 or newer); a
 * verification of the audit log goes by it. Commands are free: an import or a migration takes as long as it takes.
 */
export const longestTransaction = 3600

/** What the operator set shorter stays. By a statement: a pooler takes no settings when a connection is made. */
const limits = `select set_config(name, '${longestTransaction}s', false) from pg_settings
  where name in ('transaction_timeout', 'idle_in_transaction_session_timeout')
    and (setting::bigint = 0 or setting::bigint > ${longestTransaction * 1000})`

/**
 * Opens a pool of connections. Nothing is asked of the server before the first query.
 * @param onLostConnection hears of idle connections that broke; the pool replaces them by itself
 */
export function connect(
  server: DatabaseServer,
  connected: Connected,
  onLostConnection: (error: Error) => void = () => {}
): Database {
  const serves = connected === 'kopa-server' || connected === 'kopa-worker'
  const pool = new pg.Pool({
    ...server,
    application_name: connected,
    types: columnTypes,
    max: serves ? 10 : 4,
    // A server keeps its connections, so that others can see that it runs.
    idleTimeoutMillis: serves ? 0 : 10_000,
    connectionTimeoutMillis: 10_000,
    // What is said at commit does not wait for answers: see at-commit.ts.
    pipeline: true,
    // A line that went dead without a word is noticed.
    keepAlive: true
  })
  pool.on('error', onLostConnection)
  // The pool hears idle connections only; one that is lost while it works must not end the process either.
  pool.on('connect', (client) => {
    client.on('error', onLostConnection)
    if (serves) client.query(limits).catch(onLostConnection)
  })
  return new Kysely<Tables>({ dialect: dialectAtCommit(pool) })
}
