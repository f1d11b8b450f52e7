import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../tests/database.ts'
import { addVouchedPerson, personAt } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { inOneTransaction } from './in-one-transaction.ts'

const add = (database: Database, name: string) =>
  addVouchedPerson(database, { name, email: `${name}@example.org`, language: 'lv' })

test('what actions did in their own transactions is undone altogether when the whole is', () =>
  withDatabase(async (database) => {
    const whole = inOneTransaction(database, async (inside) => {
      await inside.transaction().execute((part) => add(part, 'maria'))
      assert.ok(await personAt(inside, 'maria@example.org'))
      throw new Error('the plug was pulled')
    })
    await assert.rejects(whole, /the plug was pulled/)
    assert.equal(await personAt(database, 'maria@example.org'), undefined)
  }))

test('a part that fails leaves the others as they are', () =>
  withDatabase(async (database) => {
    await inOneTransaction(database, async (inside) => {
      await inside.transaction().execute((part) => add(part, 'maria'))
      await assert.rejects(
        inside.transaction().execute(async (part) => {
          await add(part, 'jonas')
          await add(part, 'maria')
        }),
        /duplicate key/
      )
      await inside.transaction().execute((part) => add(part, 'ana'))
    })
    const there = await Promise.all(
      ['maria', 'jonas', 'ana'].map((name) => personAt(database, `${name}@example.org`))
    )
    assert.deepEqual(
      there.map((id) => id !== undefined),
      [true, false, true]
    )
  }))
