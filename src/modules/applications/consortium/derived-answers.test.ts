import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { derivedAnswers } from './derived-answers.ts'

const answers = (given: Record<string, unknown>) =>
  new Map(
    Object.entries(given).map(([path, value]) => [path, { path, value, version: 1, length: 0 } as Answer])
  )
const share = (category: string, cents?: number): BudgetLine => ({
  ...{ id: 'aaaaaaaa', participant: 'p0', category, title: 'Vadība' },
  ...(cents !== undefined && { cents })
})

const asked = [{ key: 'workPackages' }, { key: 'managementPercent' }]

test('a draft tells its work packages and the share of their management, rounded up', () => {
  const given = answers({ 'work-packages': ['aaaaaaa1', 'bbbbbbb2'], 'budget.lump-sum': 120_000_00 })
  const lines = [
    share('management-work-package', 12_000_00),
    share('management-work-package', 12_000_01),
    share('work-packages', 96_000_00)
  ]
  assert.deepEqual(derivedAnswers(given, lines, asked), { workPackages: 2, managementPercent: 21 })
})

test('what it does not tell yet stays open', () => {
  assert.deepEqual(derivedAnswers(answers({}), [], asked), {})
  const noLines = answers({ 'work-packages': [], 'budget.lump-sum': 120_000_00 })
  assert.deepEqual(derivedAnswers(noLines, [share('management-work-package')], asked), {})
  assert.deepEqual(derivedAnswers(answers({}), [share('management-work-package', 100)], asked), {})
})

test('a budget that has lines tells what there is money for, whatever was answered', () => {
  const events = [
    { key: 'intellectualOutputs', budget: ['intellectual-outputs'] },
    { key: 'multiplierEvents', budget: ['multiplier-events'] }
  ]
  const given = answers({ 'eligibility.multiplierEvents': false })
  assert.deepEqual(derivedAnswers(given, [], events), {})
  assert.deepEqual(derivedAnswers(given, [share('multiplier-events')], events), {
    intellectualOutputs: false,
    multiplierEvents: true
  })
})
