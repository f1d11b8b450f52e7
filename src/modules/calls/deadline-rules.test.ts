import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { lifecycleFact, loadProgrammes, showAction } from '#server/programmes'
import type { OpenedAction } from './call.ts'
import { type GuideTimes, departureOf, proposedDeadlines } from './deadline-rules.ts'

const app = { programmes: loadProgrammes(join(import.meta.dirname, '../../../programmes')) }

function times(
  edition: number,
  body: 'national-agency' | 'executive-agency',
  ...actions: string[]
): GuideTimes {
  const deadlines = actions.map(
    (action) => [action, showAction(app, action, edition)?.deadlines ?? []] as const
  )
  const hour = lifecycleFact(app, 'deadline-hour', edition)?.values?.[body]
  return { deadlines: new Map(deadlines), hour: hour as string | undefined }
}

const schools: OpenedAction = { action: 'cooperation-partnerships', fields: ['school'] }
const sport: OpenedAction = { action: 'cooperation-partnerships', fields: ['sport'] }

suite('the guide proposes the deadline', () => {
  const of2026 = times(2026, 'national-agency', 'cooperation-partnerships')

  test('12:00 to a national agency, 17:00 to the executive agency', () => {
    assert.deepEqual(proposedDeadlines([{ ...schools, round: 1 }], 'national-agency', of2026), [
      { day: '2026-03-05', hour: '12:00' }
    ])
    assert.deepEqual(proposedDeadlines([sport], 'executive-agency', of2026), [
      { day: '2026-03-05', hour: '17:00' }
    ])
  })

  test('the executive agency closed at 12:00, too, until 2020', () => {
    assert.equal(times(2020, 'executive-agency').hour, '12:00')
    assert.equal(times(2021, 'executive-agency').hour, '17:00')
    assert.equal(times(2014, 'national-agency').hour, '12:00')
  })

  test('both rounds are offered to who did not choose one', () => {
    assert.deepEqual(
      proposedDeadlines([schools], 'national-agency', of2026).map(({ day }) => day),
      ['2026-03-05', '2026-10-01']
    )
  })

  test('actions opened together have a deadline together, or none', () => {
    const both = times(2026, 'national-agency', 'cooperation-partnerships', 'small-scale-partnerships')
    const small: OpenedAction = { action: 'small-scale-partnerships', fields: ['school'], round: 1 }
    assert.deepEqual(proposedDeadlines([{ ...schools, round: 1 }, small], 'national-agency', both), [
      { day: '2026-03-05', hour: '12:00' }
    ])
  })
})

suite('another deadline than the guide’s needs a reason', () => {
  const of2026 = times(2026, 'national-agency', 'cooperation-partnerships')

  test('a day later, and an hour later', () => {
    assert.equal(
      departureOf({ day: '2026-03-05', hour: '12:00' }, [schools], 'national-agency', of2026),
      undefined
    )
    for (const deadline of [
      { day: '2026-03-06', hour: '12:00' },
      { day: '2026-03-05', hour: '17:00' }
    ]) {
      const departure = departureOf(deadline, [schools], 'national-agency', of2026)
      assert.ok(departure?.of === 'deadline' && departure.guide.length === 2)
    }
  })

  test('where the guide has no day yet, at least the hour is the usual one', () => {
    const unknown: GuideTimes = { deadlines: new Map(), hour: '12:00' }
    assert.equal(
      departureOf({ day: '2027-03-04', hour: '12:00' }, [schools], 'national-agency', unknown),
      undefined
    )
    assert.deepEqual(
      departureOf({ day: '2027-03-04', hour: '16:00' }, [schools], 'national-agency', unknown),
      {
        of: 'hour',
        hour: '12:00'
      }
    )
  })

  test('a call for tenders has no deadline of the guide', () => {
    assert.equal(
      departureOf({ day: '2026-05-05', hour: '15:30' }, [], 'other', {
        deadlines: new Map(),
        hour: '12:00'
      }),
      undefined
    )
  })
})
