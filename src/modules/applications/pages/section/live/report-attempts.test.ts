import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Claiming, reporter } from './report-attempts.ts'

test('a browser that was offline says so once, when it is back; what the server cannot take yet is kept', async () => {
  let kept: ReturnType<Claiming['read']> = []
  const sent: string[] = []
  let reachable = false
  const report = reporter({
    read: () => kept,
    write: (attempts) => (kept = [...attempts]),
    send: (attempt) => {
      if (reachable) sent.push(attempt.at)
      return Promise.resolve(reachable)
    },
    now: () => 1_772_708_399_000
  })
  await report(false)
  await report(true)
  await report(true)
  assert.deepEqual([kept.length, sent.length], [1, 0])
  await report(false)
  assert.deepEqual([kept.length, sent.length], [1, 0], 'not yet reachable')
  reachable = true
  await report(false)
  assert.deepEqual([kept.length, sent], [0, ['2026-03-05T10:59:59.000Z']])
})
