import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { withDatabase } from '../../../tests/database.ts'
import { formatInstant } from '../texts/index.ts'
import { daysBefore, databaseNow, deadlineInstant, isInTime, localMomentOf, meaningOf } from './index.ts'

const at = (text: string) => Temporal.Instant.from(text)
const brussels = (day: string, hour: string) => deadlineInstant({ day, hour }).toString()

suite('a deadline of Brussels is one instant, in winter and in summer', () => {
  for (const [day, hour, instant] of [
    ['2026-03-05', '12:00', '2026-03-05T11:00:00Z'],
    ['2026-03-05', '17:00', '2026-03-05T16:00:00Z'],
    // The clocks are changed in the night to Sunday, 29 March.
    ['2026-03-28', '12:00', '2026-03-28T11:00:00Z'],
    ['2026-03-29', '12:00', '2026-03-29T10:00:00Z'],
    ['2026-03-28', '17:00', '2026-03-28T16:00:00Z'],
    ['2026-03-29', '17:00', '2026-03-29T15:00:00Z'],
    ['2026-10-24', '12:00', '2026-10-24T10:00:00Z'],
    ['2026-10-25', '12:00', '2026-10-25T11:00:00Z'],
    ['2026-10-24', '17:00', '2026-10-24T15:00:00Z'],
    ['2026-10-25', '17:00', '2026-10-25T16:00:00Z'],
    ['2024-02-29', '12:00', '2024-02-29T11:00:00Z']
  ] as const) {
    test(`${day} ${hour} is ${instant}`, () => assert.equal(brussels(day, hour), instant))
  }
})

suite('on the days on which clocks are changed', () => {
  test('02:30 never comes in March, neither in Brussels nor 03:30 in Riga', () => {
    assert.deepEqual(meaningOf({ day: '2026-03-29', hour: '02:30' }), {
      comes: 'never',
      from: { day: '2026-03-29', hour: '01:59' },
      to: { day: '2026-03-29', hour: '03:00' }
    })
    assert.deepEqual(meaningOf({ day: '2026-03-29', hour: '03:30' }, 'Europe/Riga'), {
      comes: 'never',
      from: { day: '2026-03-29', hour: '02:59' },
      to: { day: '2026-03-29', hour: '04:00' }
    })
  })

  test('02:30 comes twice in October, an hour apart', () => {
    const meaning = meaningOf({ day: '2026-10-25', hour: '02:30' })
    assert.ok(meaning.comes === 'twice')
    assert.equal(meaning.first.toString(), '2026-10-25T00:30:00Z')
    assert.equal(meaning.second.toString(), '2026-10-25T01:30:00Z')
  })

  test('the first and the last minute beside the gap are ordinary', () => {
    assert.equal(meaningOf({ day: '2026-03-29', hour: '01:59' }).comes, 'once')
    assert.equal(meaningOf({ day: '2026-03-29', hour: '02:00' }).comes, 'never')
    assert.equal(meaningOf({ day: '2026-03-29', hour: '03:00' }).comes, 'once')
    assert.equal(meaningOf({ day: '2026-10-25', hour: '03:00' }).comes, 'once')
    assert.equal(meaningOf({ day: '2026-10-25', hour: '02:00' }).comes, 'twice')
  })

  test('a deadline in the gap is an accident, not a guess', () => {
    assert.throws(() => deadlineInstant({ day: '2026-03-29', hour: '02:30' }), RangeError)
    assert.throws(() => deadlineInstant({ day: '2026-10-25', hour: '02:30' }), RangeError)
  })

  test('Jonas in Riga reads both clocks, and an hour lies between them on either side of the change', () => {
    const plain = (text: string) => text.replaceAll('\u00a0', ' ')
    const before = deadlineInstant({ day: '2026-03-28', hour: '17:00' }).toString()
    const after = deadlineInstant({ day: '2026-03-29', hour: '17:00' }).toString()
    for (const instant of [before, after]) {
      assert.match(plain(formatInstant(instant, 'lv')), /17:00 pēc Briseles laika \(18:00 Latvijā\)/)
    }
    // Elsewhere the clocks are changed on other days, or never.
    const newYork = deadlineInstant({ day: '2026-03-20', hour: '12:00' }).toString()
    assert.match(plain(formatInstant(newYork, 'en', 'America/New_York')), /\(07:00 your time\)/)
    assert.match(plain(formatInstant(after, 'en', 'Asia/Kathmandu')), /\(20:45 your time\)/)
    const night = deadlineInstant({ day: '2026-03-05', hour: '17:00' }).toString()
    assert.match(plain(formatInstant(night, 'en', 'Pacific/Auckland')), /\(6 March 2026 05:00 your time\)/)
  })
})

test('what no calendar or clock shows is unreadable', () => {
  for (const [day, hour] of [
    ['2026-02-29', '12:00'],
    ['2026-13-01', '12:00'],
    ['2026-03-05', '24:00'],
    ['2026-03-05', '12:60'],
    ['2026-03-05', '9:00'],
    ['5.3.2026', '12:00'],
    ['', '']
  ] as const) {
    assert.deepEqual(meaningOf({ day, hour }), { comes: 'unreadable' }, `${day} ${hour}`)
  }
})

test('the clock of Brussels reads an instant back, on both sides of a change', () => {
  for (const [day, hour] of [
    ['2026-03-28', '12:00'],
    ['2026-03-29', '17:00'],
    ['2026-10-25', '00:00']
  ] as const) {
    assert.deepEqual(localMomentOf(deadlineInstant({ day, hour })), { day, hour })
  }
})

test('a week before noon is noon, though the clocks were changed meanwhile', () => {
  const deadline = deadlineInstant({ day: '2026-04-01', hour: '12:00' })
  assert.deepEqual(localMomentOf(daysBefore(deadline, 7)), { day: '2026-03-25', hour: '12:00' })
  // An hour less than 7 days by a stop watch.
  assert.equal(deadline.since(daysBefore(deadline, 7)).total('hours'), 167)
})

test('the instant of the deadline is in time, a microsecond after it is not', () => {
  const deadline = at('2026-03-05T11:00:00Z')
  assert.ok(isInTime(at('2026-03-05T10:59:59.999999Z'), deadline))
  assert.ok(isInTime(deadline, deadline))
  assert.ok(!isInTime(at('2026-03-05T11:00:00.000001Z'), deadline))
})

test('the clock of the database runs on within a transaction', () =>
  withDatabase((database) =>
    database.transaction().execute(async (transaction) => {
      const first = await databaseNow(transaction)
      const second = await databaseNow(transaction)
      assert.equal(Temporal.Instant.compare(first, second), -1)
    })
  ))
