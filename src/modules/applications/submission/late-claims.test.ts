import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type AttemptOnRecord, harmedOf, outagesBefore, proposedExtension } from './late-claims.ts'

const at = (text: string) => Temporal.Instant.from(`2026-03-05T${text}Z`)
// 12:00 in Brussels, a Thursday.
const period = { opensAt: at('00:00:00').subtract({ hours: 24 * 30 }), closesAt: at('11:00:00') }
const failing = (application: string, when: string): AttemptOnRecord => ({
  ...{ application, what: 'submit', knownBy: 'system', outcome: 'failed', why: 'failed', at: at(when) }
})

test('an outage is when no server at all was there', () => {
  const watches = [
    { since: at('00:00:00'), until: at('10:40:00') },
    { since: at('05:00:00'), until: at('10:45:00') },
    // Three seconds between a stop and a start are not worth a word.
    { since: at('10:45:03'), until: at('10:50:00') },
    { since: at('10:55:00'), until: at('12:00:00') }
  ]
  assert.deepEqual(
    outagesBefore(watches, period).map(({ from, until }) => [from.toString(), until.toString()]),
    [['2026-03-05T10:50:00Z', '2026-03-05T10:55:00Z']]
  )
})

test('harm runs from the first failure to the next success, and what overlaps counts once', () => {
  const outages = [{ from: at('10:50:00'), until: at('10:55:00') }]
  const applications = [
    { application: 'kept out', writtenAt: at('10:49:00'), receivedAt: undefined },
    { application: 'held up', writtenAt: at('10:49:00'), receivedAt: at('10:58:00') },
    { application: 'done before', writtenAt: at('09:00:00'), receivedAt: at('09:30:00') },
    { application: 'asleep', writtenAt: at('00:00:00').subtract({ hours: 100 }), receivedAt: undefined }
  ]
  const attempts = [failing('kept out', '10:52:00'), failing('held up', '10:56:00')]
  assert.deepEqual(
    harmedOf(applications, { attempts, outages, period }).map(({ application, milliseconds, submitted }) => [
      application,
      milliseconds / 60_000,
      submitted
    ]),
    [
      ['kept out', 10, false],
      ['held up', 7, true]
    ]
  )
})

test('who came late to a healthy system, and what somebody only claims, is no harm', () => {
  const applications = [{ application: 'late', writtenAt: at('10:59:59'), receivedAt: undefined }]
  const late: AttemptOnRecord = { ...failing('late', '11:00:01'), outcome: 'refused' }
  const claim: AttemptOnRecord = { ...failing('late', '10:58:00'), knownBy: 'claim' }
  const harmed = harmedOf(applications, { attempts: [late, claim], outages: [], period })
  assert.deepEqual(harmed, [])
  assert.equal(proposedExtension(harmed, { ...period, zone: 'Europe/Brussels' }, at('12:00:00')), undefined)
})

test('the extension is one for all: the same hour of a working day, with time enough', () => {
  const harmed = [
    { application: 'a', milliseconds: 3_600_000, failed: 1, outages: 0, submitted: false },
    { application: 'b', milliseconds: 99_000_000, failed: 1, outages: 0, submitted: true }
  ]
  const deadline = { ...period, zone: 'Europe/Brussels' }
  assert.deepEqual(proposedExtension(harmed, deadline, at('12:00:00')), { day: '2026-03-06', hour: '12:00' })
  // On Friday afternoon, Monday.
  const friday = at('12:00:00').add({ hours: 24 })
  assert.deepEqual(proposedExtension(harmed, deadline, friday), { day: '2026-03-09', hour: '12:00' })
})
