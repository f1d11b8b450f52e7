import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { withDatabase } from '../../../tests/database.ts'
import { runPrepared } from './prepared.ts'
import { together } from './together.ts'

const doubled = { name: 'test.doubled', text: 'select n * 2 as twice from unnest($1::integer[]) as n' }

suite('asking together', () => {
  test('those who come in the same moment are asked in one statement, and each has their own answer', () =>
    withDatabase(async (database) => {
      const asked: number[] = []
      const double = together<number, number>({
        lanes: 1,
        most: 50,
        work: async (where, numbers) => {
          asked.push(numbers.length)
          const rows = await runPrepared<{ twice: number }>(where, doubled, [numbers])
          return rows.map(({ twice }) => twice)
        }
      })
      const numbers = Array.from({ length: 60 }, (_, at) => at)
      const answers = await Promise.all(numbers.map((number) => double(database, number)))
      assert.deepEqual(answers, numbers.map((number) => number * 2)) // prettier-ignore
      assert.deepEqual(asked, [50, 10])
    }))

  test('when many come one by one they gather, and whoever comes alone does not wait', (t) =>
    withDatabase(async (database) => {
      let now = 1000
      const clock = t.mock.method(performance, 'now', () => now)
      t.mock.timers.enable({ apis: ['setTimeout'] })
      const pass = async (milliseconds: number) => {
        now += milliseconds
        t.mock.timers.tick(milliseconds)
        await setImmediate()
      }
      const asked: number[] = []
      const count = together<number, number>({
        ...{ lanes: 2, most: 50, apart: 200 },
        work: async (_, numbers) => {
          asked.push(numbers.length)
          return numbers
        }
      })
      await count(database, 0)
      const answers = []
      for (const n of [1, 2, 3]) {
        answers.push(count(database, n))
        await pass(60)
      }
      assert.deepEqual(asked, [1])
      await pass(20)
      assert.deepEqual(await Promise.all(answers), [1, 2, 3])
      assert.deepEqual(asked, [1, 3])
      t.mock.timers.reset()
      clock.mock.restore()
    }))

  test('one that cannot be answered does not spoil it for the others', () =>
    withDatabase(async (database) => {
      const invert = together<string, number>({
        lanes: 2,
        most: 50,
        work: async (where, texts) => {
          const rows = await runPrepared<{ is: number }>(
            where,
            { name: 'test.read', text: 'select t::integer as is from unnest($1::text[]) as t' },
            [texts]
          )
          return rows.map((row) => row.is)
        }
      })
      const outcomes = await Promise.allSettled(['1', 'two', '3'].map((text) => invert(database, text)))
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled']
      )
    }))

  test('within a transaction it is asked there', () =>
    withDatabase(async (database) => {
      await database.transaction().execute(async (transaction) => {
        const where = together<null, boolean>({
          lanes: 1,
          most: 9,
          work: async (used, items) => items.map(() => used === transaction)
        })
        assert.equal(await where(transaction, null), true)
      })
    }))
})
