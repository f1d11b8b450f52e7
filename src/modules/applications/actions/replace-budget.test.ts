import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { own, share, written } from '../../../../tests/cast/budget-at-work.ts'
import { newRow } from '../path.ts'
import { budgetAtWork } from '../reads.ts'
import { replaceBudget } from './replace-budget.ts'
import { saveBudgetLine } from './save-budget-line.ts'

suite('a budget out of a spreadsheet', () => {
  test('replaces what Jonas may write, leaves Maria’s alone, and is on record', () =>
    written(async (all) => {
      const { at, application, database, maria, jonas } = all
      const keep = { id: newRow(), seen: 0, line: share(own(all, 0), 500) }
      const his = { id: newRow(), seen: 0, line: share(own(all, 1), 100) }
      ok(await saveBudgetLine(at, maria, application.code, keep))
      ok(await saveBudgetLine(at, jonas, application.code, his))
      const { state } = ok(await budgetAtWork(at, jonas, application.code))
      const lines = [
        { ...share(own(all, 1), 200), id: his.id },
        { ...share(own(all, 1), 300), id: newRow() }
      ]
      const difference = ok(await replaceBudget(at, jonas, application.code, { seen: state, lines }))
      assert.deepEqual(
        [difference.added.length, difference.changed.length, difference.removed.length],
        [1, 1, 0]
      )
      assert.equal(ok(await budgetAtWork(at, maria, application.code)).budget.cost, 1000)
      const acts = await database.selectFrom('audit.entry').select('act').execute()
      assert.ok(acts.some(({ act }) => act === 'applications.budget-imported'))
    }))

  test('is not taken when the budget changed since the difference was shown', () =>
    written(async (all) => {
      const { at, application, maria } = all
      const { state } = ok(await budgetAtWork(at, maria, application.code))
      ok(
        await saveBudgetLine(at, maria, application.code, {
          id: newRow(),
          seen: 0,
          line: share(own(all, 0), 1)
        })
      )
      const refusal = await replaceBudget(at, maria, application.code, { seen: state, lines: [] })
      assert.ok(isRefused(refusal) && refusal.refused === 'changed')
    }))
})
