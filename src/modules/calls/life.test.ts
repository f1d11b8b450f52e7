import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { isRefused } from '#shared/forms/refused.ts'
import { deadlineInstant } from '#shared/time/index.ts'
import { type Step, authorsOf, callStates, move, moveNames, stateOf } from './life.ts'

const at = (text: string) => Temporal.Instant.from(text)
const period = { opensAt: at('2026-11-01T09:00:00Z'), closesAt: at('2027-03-04T11:00:00Z') }

suite('where a published call stands is a question of the clock', () => {
  for (const [now, state] of [
    ['2026-11-01T08:59:59.999999Z', 'published'],
    ['2026-11-01T09:00:00Z', 'open'],
    ['2027-03-04T10:59:59Z', 'open'],
    ['2027-03-04T11:00:00Z', 'open'],
    ['2027-03-04T11:00:00.000001Z', 'closed']
  ] as const) {
    test(`at ${now} it is ${state}`, () => assert.equal(stateOf('published', period, at(now)), state))
  }

  test('a deadline at noon of the Sunday on which clocks are changed is an hour nearer', () => {
    const closesAt = deadlineInstant({ day: '2027-03-28', hour: '12:00' })
    const open = { opensAt: period.opensAt, closesAt }
    assert.equal(stateOf('published', open, at('2027-03-28T10:00:00Z')), 'open')
    assert.equal(stateOf('published', open, at('2027-03-28T10:00:01Z')), 'closed')
  })

  test('what people decided afterwards does not depend on it', () => {
    assert.equal(stateOf('decided', period, at('2026-12-01T00:00:00Z')), 'decided')
    assert.equal(stateOf('draft', undefined, at('2026-12-01T00:00:00Z')), 'draft')
  })
})

test('every move is allowed from the states it is meant for, and refused from all others', () => {
  const allowed = callStates.flatMap((state) =>
    moveNames.filter((name) => !isRefused(move(state, name))).map((name) => `${state}: ${name}`)
  )
  assert.deepEqual(allowed, [
    'draft: sent',
    'draft: archived',
    'in-review: taken-back',
    'in-review: sent-back',
    'in-review: published',
    'published: corrected',
    'open: corrected',
    'closed: corrected',
    'closed: assessment-begun',
    'in-assessment: decided',
    'decided: archived'
  ])
})

test('Petra may not review what she wrote, sent, or helped to write', () => {
  const step = (name: Step['step'], by: string): Step => ({
    step: name,
    by,
    at: period.opensAt,
    revision: 1,
    remarks: null
  })
  const steps = [step('drafted', 'petra'), step('sent', 'juris')]
  assert.deepEqual(authorsOf(steps, ['petra', 'juris', 'inga']), ['petra', 'inga', 'juris'])
  assert.ok(!authorsOf(steps, ['petra', 'inga']).includes('zane'))
  // Who wrote it last time may review the correction of somebody else.
  const later = [...steps, step('published', 'zane'), step('sent', 'zane')]
  assert.deepEqual(authorsOf(later, ['zane']), ['zane'])
})
