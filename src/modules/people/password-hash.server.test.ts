import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { hashPassword, verifyPassword } from './password-hash.server.ts'

test('a password is recognised, another is not, and no two are kept alike', async () => {
  const [first, second] = [await hashPassword('zaļš ezers vakarā'), await hashPassword('zaļš ezers vakarā')]
  assert.ok(typeof first === 'string' && typeof second === 'string')
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.notEqual(first, second)
  assert.deepEqual(await verifyPassword(first, 'zaļš ezers vakarā'), { right: true, outdated: false })
  assert.deepEqual(await verifyPassword(first, 'zaļš ezers vakara'), { right: false, outdated: false })
})

test('the same letters typed another way are the same password', async () => {
  const kept = await hashPassword('ā'.normalize('NFC') + 'bols un vairāk')
  const typed = 'ā'.normalize('NFD') + 'bols un vairāk'
  assert.ok(typeof kept === 'string')
  assert.deepEqual(await verifyPassword(kept, typed), { right: true, outdated: false })
})

test('one kept at a lower cost is still recognised, and asks to be kept anew', async () => {
  const kept = await hashPassword('a long one, long ago', { memory: 8192, passes: 1, parallelism: 1 })
  assert.ok(typeof kept === 'string')
  assert.deepEqual(await verifyPassword(kept, 'a long one, long ago'), { right: true, outdated: true })
})

test('where nothing is kept nothing is right, and it takes as long', async () => {
  const kept = await hashPassword('a long one, long ago')
  assert.ok(typeof kept === 'string')
  const timed = async (encoded: string | undefined) => {
    const began = performance.now()
    const answer = await verifyPassword(encoded, 'something else, long')
    assert.deepEqual(answer, { right: false, outdated: false })
    return performance.now() - began
  }
  // In turn, and the quickest of each: whatever else the machine does slows some, not all.
  let [known, unknown] = [Infinity, Infinity]
  for (let round = 0; round < 12; round++) {
    known = Math.min(known, await timed(kept))
    unknown = Math.min(unknown, await timed(undefined))
  }
  assert.ok(unknown > known / 3 && known > unknown / 3, `${known} ms, ${unknown} ms`)
})

test('a flood is not all hashed at once: those who do not fit in line are asked to come again', async () => {
  const before = process.memoryUsage().rss
  const answers = await Promise.all(Array.from({ length: 130 }, () => verifyPassword(undefined, 'flood')))
  const turnedAway = answers.filter(isRefused)
  assert.ok(turnedAway.length >= 20, `${turnedAway.length}`)
  assert.ok(
    turnedAway.every(({ refused, retryAfterSeconds }) => refused === 'too-often' && retryAfterSeconds)
  )
  assert.ok(process.memoryUsage().rss - before < 200_000_000)
})
