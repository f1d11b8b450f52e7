import assert from 'node:assert/strict'
import { test } from 'node:test'
import { computed } from '#shared/spreadsheets/computed.fixture.ts'
import { cellAddress } from '#shared/spreadsheets/write-xlsx.ts'
import { fc } from '../../../../tests/drawn-cases.ts'
import { budgetOf, rulesOf, spenders } from './budget.fixture.ts'
import { peopleKinds, plannable, staffKinds, type BudgetLine } from './budget-line.ts'
import { budgetSheet } from './budget-sheet.server.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import { sheetLayout } from './sheet-columns.ts'
import { spread } from './spread.ts'
import { totalsBy, views } from './views.ts'

const actions = [
  rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 }),
  rulesOf('strategic-partnerships', 2019, {
    field: 'vet',
    durationMonths: 24,
    answers: { kind: 'innovation' }
  }),
  rulesOf('cooperation-partnerships', 2026, { field: 'school', durationMonths: 24 }),
  rulesOf('capacity-building-higher-education', 2026, { durationMonths: 24, answers: { strand: 1 } }),
  rulesOf('alliances-for-innovation', 2026, { durationMonths: 24, answers: { lot: 1 } })
]
const participants = spenders(...'LV LT DE EE FI SE PL FR IT ES PT GR'.split(' '))
const whole = (max: number) => fc.integer({ min: 0, max })

const anyLine = fc.record({
  participant: fc.constantFrom(...participants.map(({ id }) => id)),
  title: fc.constant(''),
  year: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
  workPackage: fc.option(fc.constantFrom('wp1', 'wp2'), { nil: undefined }),
  months: whole(30),
  days: whole(400),
  people: whole(300),
  times: whole(4),
  staff: fc.constantFrom(...staffKinds),
  kind: fc.constantFrom(...peopleKinds),
  km: whole(9000),
  age: whole(40),
  cents: whole(2_000_000_00)
})

const anyBudget = fc.constantFrom(...actions).chain((rules) => {
  const categories = plannable(rules).map(({ id }) => id)
  const lines = fc.array(fc.tuple(fc.constantFrom(...categories), anyLine), { maxLength: 25 })
  return lines.map((drawn) => ({
    rules,
    lines: drawn.map(([category, of], at): BudgetLine => ({
      ...of,
      category,
      id: `l${String(at).padStart(3, '0')}`
    }))
  }))
})
const draft = { months: 24, lumpSum: 250_000_00, participants }

test('whatever is planned, each euro is granted or refused by one rule, and every view adds up to the whole', () => {
  fc.assert(
    fc.property(anyBudget, ({ rules, lines }) => {
      const budget = budgetOf(rules, { ...draft, lines })
      for (const part of budget.parts) {
        const refused = part.refusals.reduce((sum, { cents }) => sum + cents, 0)
        assert.equal(part.grant + refused, part.cost)
        assert.ok(part.grant >= 0 && Number.isSafeInteger(part.grant) && Number.isSafeInteger(part.cost))
        assert.ok(part.refusals.every(({ cents }) => cents > 0))
      }
      for (const view of views) {
        const totals = totalsBy(budget, view)
        const sum = (of: 'cost' | 'grant') => totals.reduce((all, total) => all + total[of], 0)
        assert.deepEqual([sum('cost'), sum('grant')], [budget.cost, budget.grant])
      }
      assert.ok(budget.unverified <= budget.grant)
    }),
    { numRuns: 400 }
  )
})

test('whatever is planned, no ceiling is ever exceeded', () => {
  fc.assert(
    fc.property(anyBudget, ({ rules, lines }) => {
      const budget = budgetOf(rules, { ...draft, lines })
      const sum = (of: (part: (typeof budget.parts)[number]) => boolean) =>
        budget.parts.filter(of).reduce((all, { grant }) => all + grant, 0)
      for (const { atMost = Infinity } of rules.ceilings) assert.ok(budget.grant <= atMost)
      for (const { model } of rules.funding)
        if (model === 'lump-sum') assert.ok(budget.grant <= draft.lumpSum)
      for (const { id, limits } of rules.categories) {
        const whole = sum(({ category }) => category === id)
        for (const { of, atMost = Infinity, participant } of limits) {
          if (participant) continue
          if (of === 'eur-per-project') assert.ok(whole <= atMost)
          if (of === 'eur-per-month') assert.ok(whole <= atMost * 24)
          if (of === 'eur-per-year') {
            for (const year of [1, 2]) {
              assert.ok(sum(({ category, line }) => category === id && (line.year ?? 1) === year) <= atMost)
            }
          }
          if (of === 'percent-of-grant' && rules.funding[0]!.model !== 'lump-sum') {
            assert.ok(whole * 100 <= budget.grant * atMost + 100, `${id} ${whole} of ${budget.grant}`)
          }
        }
      }
    }),
    { numRuns: 400 }
  )
})

test('whatever is planned, the order of lines never matters', () => {
  fc.assert(
    fc.property(
      anyBudget.chain(({ rules, lines }) =>
        fc.shuffledSubarray(lines, { minLength: lines.length }).map((mixed) => ({ rules, lines, mixed }))
      ),
      ({ rules, lines, mixed }) => {
        assert.deepEqual(budgetOf(rules, { ...draft, lines: mixed }), budgetOf(rules, { ...draft, lines }))
      }
    ),
    { numRuns: 200 }
  )
})

test('a total is split to the cent, and nobody gets more than they had', () => {
  const shares = fc.array(whole(1_000_000_000_00), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(shares, fc.double({ min: 0, max: 1, noNaN: true }), (cents, part) => {
      const sum = cents.reduce((all, one) => all + one, 0)
      const total = Math.floor(sum * part)
      const kept = spread(
        cents.map((one, at) => ({ key: String(at), cents: one })),
        total
      )
      assert.equal(
        kept.reduce((all, one) => all + one, 0),
        total
      )
      assert.ok(kept.every((one, at) => one >= 0 && one <= cents[at]!))
    })
  )
})

test('whatever is planned, a spreadsheet that recomputes comes to the same grant', () => {
  fc.assert(
    fc.property(anyBudget, ({ rules, lines }) => {
      const whole = { ...draft, workPackages: [], lines }
      const budget = budgetOf(rules, whole)
      const at = { rules, draft: whole, budget, lines: [], state: '' } as unknown as BudgetAtWork
      const sheets = computed(budgetSheet(at, 'en'))
      const layout = sheetLayout(rules, whole)
      const inCents = (column: number, row: number) =>
        Math.round(Number(sheets.value('Lines', cellAddress(column, row))) * 100)
      lines.forEach(({ id }, index) => {
        const parts = budget.parts.filter(({ line }) => line.id === id)
        const [cost, grant] = (['cost', 'grant'] as const).map((of) =>
          parts.reduce((all, part) => all + part[of], 0)
        ) as [number, number]
        assert.equal(inCents(layout.planned, index + 1), cost)
        // Cents that do not divide may fall on another line.
        const apart = Math.abs(inCents(layout.granted, index + 1) - grant)
        assert.ok(apart <= 3, `line ${index + 1} of ${rules.action}: ${apart} apart, of ${grant}`)
      })
      const all = lines.reduce((sum, _, index) => sum + inCents(layout.granted, index + 1), 0)
      assert.ok(Math.abs(all - budget.grant) <= 2, `${rules.action}: ${all} of ${budget.grant}`)
    }),
    { numRuns: 100 }
  )
})
