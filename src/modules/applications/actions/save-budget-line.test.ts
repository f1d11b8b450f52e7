import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { loadProgrammes } from '#server/programmes'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { newRow } from '../path.ts'
import { budgetAtWork } from '../reads.ts'
import { removeBudgetLine } from './remove-budget-line.ts'
import { replaceBudget } from './replace-budget.ts'
import { saveBudgetLine } from './save-budget-line.ts'

const programmes = loadProgrammes('programmes')
const own = ({ application }: Consortium, at: number) => application.participants[at]!.id
const share = (participant: string, cents: number) => ({
  participant,
  category: 'work-packages',
  title: 'Lasītava',
  cents
})

function written<T>(
  work: (
    consortium: Consortium & { at: { database: Consortium['database']; programmes: typeof programmes } }
  ) => Promise<T>
) {
  return withConsortium((consortium) =>
    work({ ...consortium, at: { database: consortium.database, programmes } })
  )
}

suite('writing the budget', () => {
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
