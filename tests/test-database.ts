import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type DatabaseServer, connect, migrate, startEmbeddedDatabase } from '#shared/database/index.ts'
import { installJobs } from '#shared/jobs/index.ts'

/** A PostgreSQL server for tests, with a migrated database `template` that each test copies. */
export type TestDatabaseServer = { server: TestServer; stop: () => Promise<void> }

/** How tests reach it: an address, as the owner and as the application; and the database that is copied. */
export type TestServer = { address: string; application: string | undefined; template: string }

/**
 * Starts a server in a temporary folder; with DATABASE_URL it makes a database there instead. Either is gone after
 * stop(). Settings that survive a power cut are off: nothing here has to.
 */
export async function startTestDatabase(): Promise<TestDatabaseServer> {
  const template = `kopa_test_${randomBytes(5).toString('hex')}`
  const given = process.env.DATABASE_URL
  const own = given ? undefined : await startOwn()
  const address = given ?? own!.address
  await administer(address, `create database ${template}`)
  const database = connect(databaseAt(address, template), 'kopa-test')
  await migrate(database)
  await installJobs(databaseAt(address, template))
  await database.destroy()
  return {
    server: { address, application: own?.application, template },
    stop: async () => {
      if (given) await administer(address, `drop database if exists ${template} with (force)`)
      await own?.stop()
    }
  }
}

async function startOwn(): Promise<{ address: string; application: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kopa-test-'))
  const embedded = await startEmbeddedDatabase({
    dataFolder: folder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' }
  })
  return {
    address: addressOf(embedded.server),
    application: addressOf(embedded.application),
    stop: async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** An address, as DATABASE_URL would hold it. */
export function addressOf(server: DatabaseServer): string {
  if ('connectionString' in server) return server.connectionString
  const { host, port, user, password, database } = server
  return `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}

/** Another database of the same server. */
export function databaseAt(address: string, name: string): { connectionString: string } {
  const url = new URL(address)
  url.pathname = `/${name}`
  return { connectionString: url.href }
}

/** Says one statement to the server, outside of any test's database. */
export async function administer(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
