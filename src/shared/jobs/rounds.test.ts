import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { startRounds } from './index.ts'
import { quiet } from './jobs-log.ts'

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000 && !holds(); tries++) await setTimeout(10)
  assert.ok(holds())
}

test('somebody who waits is served soon, not at the next ordinary round', async () => {
  let rounds = 0
  const looking = startRounds({
    name: 'test',
    log: quiet,
    every: 60_000,
    soon: 20,
    work: async () => void rounds++
  })
  await until(() => rounds === 1)
  looking.nudge()
  await until(() => rounds >= 3)
  await looking.stop()
})

test('a hundred nudges are no hundred rounds', async () => {
  let rounds = 0
  const looking = startRounds({
    name: 'test',
    log: quiet,
    every: 60_000,
    soon: 50,
    work: async () => void rounds++
  })
  const began = performance.now()
  for (let n = 0; n < 100; n++) {
    looking.nudge()
    await setTimeout(2)
  }
  const most = (performance.now() - began) / 50 + 2
  await looking.stop()
  assert.ok(rounds <= most, `${rounds} rounds instead of ${most}`)
})

test('a round that fails is tried again, later each time, and nudges do not hurry it', async () => {
  const at: number[] = []
  const looking = startRounds({
    name: 'test',
    log: quiet,
    every: 10,
    mostPatience: 250,
    work: async () => {
      at.push(performance.now())
      if (at.length < 3) throw new Error('not yet')
    }
  })
  const nudging = setInterval(looking.nudge, 5)
  // And goes on as usual.
  await until(() => at.length > 3)
  clearInterval(nudging)
  await looking.stop()
  assert.ok(at[1]! - at[0]! >= 240)
  assert.ok(at[2]! - at[1]! >= 240)
})

test('stopping waits for the round under way, and no other begins', async () => {
  let begun = 0
  let ended = 0
  const looking = startRounds({
    name: 'test',
    log: quiet,
    every: 1,
    work: async () => {
      begun++
      await setTimeout(100)
      ended++
    }
  })
  await until(() => begun === 1)
  await Promise.all([looking.stop(), looking.stop()])
  assert.equal(begun, 1)
  assert.equal(ended, 1)
  looking.nudge()
  await setTimeout(50)
  assert.equal(begun, 1)
})
