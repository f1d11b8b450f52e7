import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { own, share, written } from '../../../../tests/cast/budget-at-work.ts'
import { newRow } from '../path.ts'
import { budgetAtWork } from '../reads.ts'
import { removeBudgetLine } from './remove-budget-line.ts'
import { saveBudgetLine } from './save-budget-line.ts'

suite('removing a line of the budget', () => {
  test('Jonas removes his own, sees no trouble when it is gone already, and cannot remove Maria’s', () =>
    written(async (all) => {
      const { at, application, maria, jonas } = all
      const his = { id: newRow(), seen: 0, line: share(own(all, 1), 100) }
      const hers = { id: newRow(), seen: 0, line: share(own(all, 0), 200) }
      ok(await saveBudgetLine(at, jonas, application.code, his))
      ok(await saveBudgetLine(at, maria, application.code, hers))
      const late = await removeBudgetLine(at, jonas, application.code, { id: his.id, seen: 9 })
      assert.ok(isRefused(late) && late.refused === 'changed')
      ok(await removeBudgetLine(at, jonas, application.code, { id: his.id, seen: 1 }))
      ok(await removeBudgetLine(at, jonas, application.code, { id: his.id, seen: 1 }))
      const foreign = await removeBudgetLine(at, jonas, application.code, { id: hers.id, seen: 1 })
      assert.ok(isRefused(foreign) && foreign.refused === 'not-allowed')
      assert.equal(ok(await budgetAtWork(at, maria, application.code)).budget.cost, 200)
    }))
})
