import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killAndLook } from '../deadline/kills.ts'

// Needs a built site. Twenty times each: kill.long.test.ts.
test('whoever was told that it is kept finds it, after kill -9 of the server and of PostgreSQL in the last minute', async () => {
  const toll = await killAndLook(['server', 'postgresql', 'server', 'postgresql'], [300, 1200])
  assert.deepEqual(toll.problems, [])
  assert.ok(toll.saves > 0 && toll.submissions > 0, JSON.stringify(toll))
})
