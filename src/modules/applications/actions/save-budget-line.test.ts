import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { own, share, written } from '../../../../tests/cast/budget-at-work.ts'
import { newRow } from '../path.ts'
import { budgetAtWork } from '../reads.ts'
import { removeBudgetLine } from './remove-budget-line.ts'
import { saveBudgetLine } from './save-budget-line.ts'

suite('writing the budget', () => {
  test('a loop that saves lines waits, as with answers', () =>
    written(async (all) => {
      const { at, application, maria } = all
      const line = { ...share(own(all, 0), 100_00), title: 'x'.repeat(9_000_000) }
      const outcome = await saveBudgetLine(at, maria, application.code, { id: newRow(), seen: 0, line })
      assert.equal(isRefused(outcome) && outcome.refused, 'too-often')
    }))

  test('Jonas writes a line of his own school and none of Maria’s; Maria writes both', () =>
    written(async (all) => {
      const { at, application, maria, jonas } = all
      const save = (who: typeof maria, participant: string, id = newRow()) =>
        saveBudgetLine(at, who, application.code, { id, seen: 0, line: share(participant, 100_00) })
      ok(await save(jonas, own(all, 1)))
      ok(await save(maria, own(all, 0)))
      ok(await save(maria, own(all, 1)))
      const foreign = await save(jonas, own(all, 0))
      assert.ok(isRefused(foreign) && foreign.refused === 'not-allowed')
      const budget = ok(await budgetAtWork(at, jonas, application.code))
      assert.deepEqual([budget.lines.length, budget.budget.cost], [3, 300_00])
    }))

  test('Jonas can neither take a line of Maria’s for his own nor give his away', () =>
    written(async (all) => {
      const { at, application, maria, jonas } = all
      const line = ok(
        await saveBudgetLine(at, maria, application.code, {
          id: newRow(),
          seen: 0,
          line: share(own(all, 0), 1)
        })
      )
      const taken = { id: line.id, seen: 1, line: share(own(all, 1), 1) }
      const refusal = await saveBudgetLine(at, jonas, application.code, taken)
      assert.ok(isRefused(refusal) && refusal.refused === 'not-allowed')
      const removed = await removeBudgetLine(at, jonas, application.code, { id: line.id, seen: 1 })
      assert.ok(isRefused(removed) && removed.refused === 'not-allowed')
    }))

  test('a line that changed meanwhile is shown, never overwritten; each version is kept', () =>
    written(async (all) => {
      const { at, application, database, maria, jonas } = all
      const id = newRow()
      const save = (who: typeof maria, seen: number, cents: number) =>
        saveBudgetLine(at, who, application.code, { id, seen, line: share(own(all, 1), cents) })
      ok(await save(jonas, 0, 100))
      ok(await save(jonas, 1, 200))
      const late = await save(maria, 1, 300)
      assert.ok(isRefused(late) && late.refused === 'changed')
      assert.partialDeepStrictEqual(late.current, { version: 2, line: { cents: 200 } })
      ok(await save(maria, 2, 300))
      ok(await removeBudgetLine(at, jonas, application.code, { id, seen: 3 }))
      ok(await removeBudgetLine(at, jonas, application.code, { id, seen: 3 }))
      const gone = await save(maria, 3, 400)
      assert.ok(isRefused(gone) && gone.refused === 'changed')
      assert.deepEqual(gone.current, { version: 4 })
      ok(await save(maria, 4, 400))
      const changes = await database
        .selectFrom('applications.budget_change')
        .select(['version', 'content', 'saved_by'])
        .orderBy('version')
        .execute()
      assert.deepEqual(
        changes.map(({ content }) => content?.cents),
        [100, 200, 300, undefined, 400]
      )
    }))

  test('what is not in the action, strangers, officers and what is no draft any more are refused', () =>
    written(async (all) => {
      const { at, application, database, maria, elena, petra, nobody } = all
      const asked = { id: newRow(), seen: 0, line: share(own(all, 0), 1) }
      const wrong = { ...asked, line: { ...asked.line, category: 'volunteers' } }
      const reasons = await Promise.all(
        [
          [maria, wrong],
          [elena, asked],
          [petra, asked],
          [nobody, asked]
        ].map(async ([who, line]) => {
          const refusal = await saveBudgetLine(
            at,
            who as typeof maria,
            application.code,
            line as typeof asked
          )
          return isRefused(refusal) && refusal.refused
        })
      )
      assert.deepEqual(reasons, ['invalid', 'not-found', 'not-found', 'sign-in'])
      await database.updateTable('applications.application').set({ state: 'submitted' }).execute()
      const late = await saveBudgetLine(at, maria, application.code, asked)
      assert.ok(isRefused(late) && late.refused === 'not-now')
    }))
})
