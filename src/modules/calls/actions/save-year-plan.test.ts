import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { atDesk, ok, publishedCall } from '../../../../tests/cast/calls-at-desk.ts'
import { personActing } from '../../../../tests/cast/cast.ts'
import { yearBudget } from '../reads.ts'
import { emptyPlan } from '../year-plan.ts'
import { type PlannedMeanwhile, saveYearPlan } from './save-year-plan.ts'

const envelope = (cents: number) => ({
  ...emptyPlan,
  envelopes: { 'cooperation-partnerships': { cents, bodies: [{ body: 'lv-viaa', cents }] } }
})

test('Clara of the Commission plans the year, Līga may too, Petra of an agency may not; everybody sees it', () =>
  atDesk(async (desk) => {
    const { app, database, petra, liga } = desk
    const clara = await personActing(database, {
      name: 'Clara Dubois',
      role: { role: 'officer', body: 'ec-dg-eac' }
    })
    ok(await saveYearPlan(app, clara, 2026, { revision: 0, plan: envelope(900_00) }))
    ok(
      await saveYearPlan(app, liga, 2026, {
        revision: 1,
        plan: { ...envelope(900_00), priorities: ['inclusion-and-diversity'] }
      })
    )
    const no = await saveYearPlan(app, petra, 2026, { revision: 2, plan: emptyPlan })
    assert.ok(isRefused(no) && no.refused === 'not-allowed')
    await publishedCall(desk)
    const { money, plan } = await yearBudget({ ...app, moneyUnder: async () => undefined }, 2026)
    const partnerships = money.find(({ action }) => action === 'cooperation-partnerships')!
    assert.deepEqual(
      [partnerships.envelope?.cents, partnerships.inCalls, partnerships.awarded],
      [900_00, 250_000_00, undefined]
    )
    assert.deepEqual(plan.priorities, ['inclusion-and-diversity'])
  }))

test('who plans at the same time is shown the other’s change; the same form twice changes nothing', () =>
  atDesk(async ({ app, liga, database }) => {
    const clara = await personActing(database, {
      name: 'Clara Dubois',
      role: { role: 'officer', body: 'ec-dg-eac' }
    })
    ok(await saveYearPlan(app, clara, 2026, { revision: 0, plan: envelope(900_00) }))
    assert.equal(
      ok(await saveYearPlan(app, clara, 2026, { revision: 0, plan: envelope(900_00) })).unchanged,
      true
    )
    const outcome = await saveYearPlan(app, liga, 2026, {
      revision: 0,
      plan: {
        ...emptyPlan,
        targets: [{ says: { en: 'Projects', lv: 'Projekti' }, action: null, number: 90 }]
      }
    })
    assert.ok(isRefused(outcome) && outcome.refused === 'changed')
    const meanwhile = outcome.current as PlannedMeanwhile
    assert.deepEqual(
      [meanwhile.by, meanwhile.clashes, meanwhile.merged.targets.length],
      ['Clara Dubois', [], 1]
    )
  }))

test('an action that the year does not have, and bodies that get more than there is, are refused', () =>
  atDesk(async ({ app, liga }) => {
    for (const plan of [
      { ...emptyPlan, envelopes: { 'knowledge-alliances': { cents: 1, bodies: [] } } },
      {
        ...emptyPlan,
        envelopes: { 'cooperation-partnerships': { cents: 1, bodies: [{ body: 'x', cents: 2 }] } }
      },
      { ...emptyPlan, priorities: ['astrology'] }
    ]) {
      const outcome = await saveYearPlan(app, liga, 2026, { revision: 0, plan })
      assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
    }
  }))
