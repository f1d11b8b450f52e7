import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { type Database, connect } from '#shared/database/index.ts'
import {
  type TestDatabaseServer,
  type TestServer,
  administer,
  databaseAt,
  startTestDatabase
} from './test-database.ts'

/**
 * Gives a test a real, migrated, empty database of its own, and drops it afterwards.
 *
 *     test('Maria …', () => withDatabase(async (database) => { … }))
 */
export async function withDatabase<T>(work: (database: Database, address: string) => Promise<T>): Promise<T> {
  const { address, drop } = await freshDatabase()
  const database = connect({ connectionString: address }, 'kopa-test')
  try {
    return await work(database, address)
  } finally {
    await database.destroy()
    await drop()
  }
}

/**
 * A database of one's own, by address, for what connects by itself. `drop` ends all connections to it.
 * `application` is the address for the role that the product works as, where the server is the tests' own.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { address, application, template } = await testServer()
  const name = `${template}_${randomBytes(5).toString('hex')}`
  await administer(address, `create database ${name} template ${template}`)
  return {
    address: databaseAt(address, name).connectionString,
    application: application && databaseAt(application, name).connectionString,
    drop: () => drop(address, name)
  }
}

export type FreshDatabase = { address: string; application: string | undefined; drop: () => Promise<void> }

/** An empty database, without migrations. */
export async function emptyDatabase(): Promise<{ address: string; drop: () => Promise<void> }> {
  const { address, template } = await testServer()
  const name = `${template}_${randomBytes(5).toString('hex')}`
  await administer(address, `create database ${name}`)
  return {
    address: databaseAt(address, name).connectionString,
    drop: () => drop(address, name)
  }
}

// `npm test` starts one server for all files; a file that is run alone starts its own.
let own: Promise<TestDatabaseServer> | undefined

async function testServer(): Promise<TestServer> {
  const given = process.env.KOPA_TEST_DATABASE
  if (given) return JSON.parse(given) as TestServer
  own ??= startTestDatabase()
  return (await own).server
}

async function drop(address: string, name: string): Promise<void> {
  if (!stopped) await administer(address, `drop database if exists ${name} with (force)`)
}

// A file's own `after` may come after this one; what it would drop is gone already then.
let stopped = false
after(async () => {
  stopped = own !== undefined
  await (await own)?.stop()
})
