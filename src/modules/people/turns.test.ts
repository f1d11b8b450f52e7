import assert from 'node:assert/strict'
import { test } from 'node:test'
import { turns } from './turns.ts'

test('of ten who come at once two are served, three wait in order, and five are turned away', async () => {
  const take = turns(2, 3)
  let now = 0
  let most = 0
  const served: number[] = []
  const came = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      take(async () => {
        most = Math.max(most, ++now)
        await new Promise((resolve) => setImmediate(resolve))
        now--
        served.push(number)
        return number
      })
    )
  )
  assert.equal(most, 2)
  assert.deepEqual(served, [0, 1, 2, 3, 4])
  assert.deepEqual(came, [0, 1, 2, 3, 4, ...Array.from({ length: 5 }, () => 'full')])
})

test('work that fails leaves its place to the next', async () => {
  const take = turns(1, 1)
  const failing = take(() => Promise.reject(new Error('no')))
  const next = take(async () => 'done')
  await assert.rejects(failing, /no/)
  assert.equal(await next, 'done')
  assert.equal(await take(async () => 'again'), 'again')
})
