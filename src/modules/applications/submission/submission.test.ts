import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { isRefused } from '#shared/forms/refused.ts'
import { deadlineInstant } from '#shared/time/index.ts'
import { lateBy, refusalByTime, takenBack, wasInTime, withdrawn } from './submission.ts'

const at = (text: string) => Temporal.Instant.from(text)
const exactly = (text: string) => ({ at: at(text), error: 0 })

suite('the deadline at its exact millisecond, on the days on which clocks are changed', () => {
  // The clocks are changed in the night to 29 March and to 25 October: noon of Brussels is another hour of UTC.
  for (const [day, noon] of [
    ['2026-03-28', '11:00:00'],
    ['2026-03-29', '10:00:00'],
    ['2026-10-24', '10:00:00'],
    ['2026-10-25', '11:00:00']
  ] as const) {
    test(`${day}, 12:00 in Brussels`, () => {
      const closesAt = deadlineInstant({ day, hour: '12:00' })
      const period = { opensAt: closesAt.subtract({ hours: 24 * 60 }), closesAt }
      assert.equal(closesAt.toString(), `${day}T${noon}Z`)
      assert.equal(wasInTime({ at: closesAt.subtract({ milliseconds: 1 }), error: 0 }, period), true)
      assert.equal(wasInTime({ at: closesAt, error: 0 }, period), true)
      assert.equal(wasInTime({ at: closesAt.add({ microseconds: 1 }), error: 0 }, period), false)
      assert.equal(wasInTime({ at: closesAt.add({ milliseconds: 1 }), error: 0 }, period), false)
      // An hour that only the change of clocks makes up saves nobody.
      assert.equal(lateBy({ at: closesAt.add({ hours: 1 }), error: 0 }, period), 3_600_000)
    })
  }

  test('a deadline in the hour that comes twice is one instant: the first or the second, as it was set', () => {
    const first = { opensAt: at('2026-10-01T00:00:00Z'), closesAt: at('2026-10-25T00:30:00Z') }
    // 02:30 on the clock of Brussels both times.
    assert.equal(wasInTime(exactly('2026-10-25T00:30:00Z'), first), true)
    assert.equal(wasInTime(exactly('2026-10-25T01:30:00Z'), first), false)
    assert.equal(
      wasInTime(exactly('2026-10-25T01:30:00Z'), { ...first, closesAt: at('2026-10-25T01:30:00Z') }),
      true
    )
  })
})

suite('what the clock cannot tell is decided for the applicant', () => {
  const period = { opensAt: at('2026-03-01T00:00:00Z'), closesAt: at('2026-03-05T11:00:00Z') }

  test('as far as the bound of its error reaches, and not a microsecond further', () => {
    assert.equal(wasInTime({ at: at('2026-03-05T11:00:00.002Z'), error: 2 }, period), true)
    assert.equal(wasInTime({ at: at('2026-03-05T11:00:00.002001Z'), error: 2 }, period), false)
  })

  test('a refusal says by how much', () => {
    const no = refusalByTime('draft', period, { at: at('2026-03-05T11:12:05Z'), error: 1 })
    assert.deepEqual(no?.problems[0], {
      field: '',
      key: 'applications-submission.not-now.late',
      args: { late: 725_000 }
    })
    assert.equal(refusalByTime('draft', period, { at: at('2026-03-05T10:59:59Z'), error: 1 }), undefined)
    const early = refusalByTime('draft', period, { at: at('2026-02-28T00:00:00Z'), error: 1 })
    assert.equal(early?.problems[0]?.key, 'applications-submission.not-now.not-open')
  })
})

suite('the states of an application', () => {
  const period = { opensAt: at('2026-03-01T00:00:00Z'), closesAt: at('2026-03-05T11:00:00Z') }
  const before = at('2026-03-05T10:00:00Z')
  const after = at('2026-03-05T12:00:00Z')

  test('a submitted one is taken back before the deadline only', () => {
    assert.equal(takenBack('submitted', period, before), 'draft')
    assert.ok(isRefused(takenBack('submitted', period, after)))
    assert.ok(isRefused(takenBack('draft', period, before)))
    assert.ok(isRefused(takenBack('withdrawn', period, before)))
  })

  test('what stands is withdrawn once, whenever; a draft that nobody handed in is not', () => {
    assert.equal(withdrawn('submitted', true), 'withdrawn')
    assert.equal(withdrawn('draft', true), 'withdrawn')
    assert.ok(isRefused(withdrawn('draft', false)))
    assert.ok(isRefused(withdrawn('withdrawn', true)))
  })
})
