import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type YearPlan,
  emptyPlan,
  envelopeProblems,
  leftOfEnvelope,
  mergePlans,
  offeredBy
} from './year-plan.ts'

const plan: YearPlan = {
  ...emptyPlan,
  envelopes: { a: { cents: 100_00, bodies: [{ body: 'lv-viaa', cents: 40_00 }] } }
}

suite('the money of a year', () => {
  test('bodies together get at most what the action has', () => {
    assert.equal(leftOfEnvelope(plan.envelopes.a!), 60_00)
    assert.deepEqual(envelopeProblems(plan.envelopes.a!), [])
    const tooMuch = { cents: 1_00, bodies: [{ body: 'x', cents: 1_01 }] }
    assert.deepEqual(envelopeProblems(tooMuch)[0]?.args, { euro: 0.01 })
    const twice = {
      cents: 9,
      bodies: [
        { body: 'x', cents: 1 },
        { body: 'x', cents: 1 }
      ]
    }
    assert.equal(envelopeProblems(twice)[0]?.key, 'calls.problem.body-twice')
  })

  test('what calls offer is told by action; what nobody split is told apart', () => {
    const { byAction, unsplit } = offeredBy([
      { actions: ['a'], cents: 10, byAction: [] },
      {
        actions: ['a', 'b'],
        cents: 30,
        byAction: [
          { of: 'a', cents: 10 },
          { of: 'b', cents: 20 }
        ]
      },
      { actions: ['a', 'b'], cents: 5, byAction: [] },
      { actions: ['b'], cents: null, byAction: [] }
    ])
    assert.deepEqual([Object.fromEntries(byAction), unsplit], [{ a: 20, b: 20 }, 5])
  })
})

test('two who write at different actions of a plan lose nothing; at the same, it is named', () => {
  const theirs = { ...plan, envelopes: { ...plan.envelopes, b: { cents: 5, bodies: [] } } }
  const mine = { ...plan, envelopes: { a: { cents: 200_00, bodies: [] } } }
  const merged = mergePlans(plan, theirs, mine)
  assert.deepEqual(Object.keys(merged.plan.envelopes), ['a', 'b'])
  assert.equal(merged.plan.envelopes.a?.cents, 200_00)
  assert.deepEqual(merged.clashes, [])
  const clash = mergePlans(plan, { ...plan, priorities: ['x'] }, { ...plan, priorities: ['y'] })
  assert.deepEqual(clash.clashes, ['priorities'])
})
