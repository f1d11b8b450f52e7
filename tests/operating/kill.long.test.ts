import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Victim, killAndLook } from '../deadline/kills.ts'

// Needs a built site.
test('after kill -9 of the server and of PostgreSQL, twenty times each, nothing that was acknowledged is lost', async () => {
  const victims = Array.from({ length: 40 }, (_, at): Victim => (at % 2 === 0 ? 'server' : 'postgresql'))
  const toll = await killAndLook(victims, [200, 2000])
  console.log(JSON.stringify(toll))
  assert.deepEqual(toll.problems, [])
  assert.equal(toll.kills, victims.length)
})
