import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BudgetAtWork } from '../../budget/budget-at-work.server.ts'
import { budgetOf, line, rulesOf, spenders } from '../../budget/budget.fixture.ts'
import { shownLine } from './import.server.ts'

test('amounts and distances in the difference stand as the language of the reader writes them', () => {
  const rules = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })
  const draft = { participants: spenders('LV'), workPackages: [], lines: [] }
  const at: BudgetAtWork = { rules, draft, budget: budgetOf(rules, draft), lines: [], state: '' }
  const before = line('exceptional-costs', { id: 'aaaaaaaa', cents: 50_000_00, km: 500 })
  const after = { ...before, cents: 89_999_50, km: 2100 }
  const said = (language: 'en' | 'lv') =>
    shownLine(at, before, after, language).fields.map((field) =>
      [field.before, field.after].join(' → ').replaceAll('\u00a0', ' ')
    )
  assert.deepEqual(said('en'), ['500 → 2,100', 'EUR 50,000 → EUR 89,999.50'])
  assert.deepEqual(said('lv'), ['500 → 2 100', '50 000 EUR → 89 999,50 EUR'])
})
