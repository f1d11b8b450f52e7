import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../tests/database.ts'
import { connect } from './connection.ts'

test('a server’s transaction ends after an hour at the latest; a command takes as long as it takes', () =>
  withDatabase(async (_, connectionString) => {
    for (const [connected, limit] of [
      ['kopa-server', '3600000'],
      ['kopa-worker', '3600000'],
      ['kopa-command', '0']
    ] as const) {
      const database = connect({ connectionString }, connected)
      const { rows } = await sql<{ setting: string }>`
        select setting from pg_settings where name = 'transaction_timeout'`.execute(database)
      assert.equal(rows[0]?.setting, limit, connected)
      await database.destroy()
    }
  }))
