import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { BudgetRules } from '#modules/programmes'
import { computed } from '#shared/spreadsheets/computed.fixture.ts'
import { cellAddress } from '#shared/spreadsheets/write-xlsx.ts'
import { budgetOf, line, rulesOf, spenders } from './budget.fixture.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import type { BudgetDraft } from './budget.ts'
import type { BudgetLine } from './budget-line.ts'
import { budgetSheet } from './budget-sheet.server.ts'
import { sheetLayout, type SheetField } from './sheet-columns.ts'

type Change = { line: number; field: SheetField; value: number }

/** Somebody downloads a budget and types over cells: what the sheet then says of each line, in whole cents. */
function typedOver(rules: BudgetRules, draft: Partial<BudgetDraft>, changes: Change[]) {
  const whole = {
    months: 24,
    workPackages: [],
    lines: [],
    participants: spenders('LV', 'LT', 'DE'),
    ...draft
  }
  const at = {
    rules,
    draft: whole,
    budget: budgetOf(rules, whole),
    lines: [],
    state: ''
  } as unknown as BudgetAtWork
  const layout = sheetLayout(rules, whole)
  const cells = changes.map(({ line: of, field, value }) => [
    `Lines!${layout.cell(field, of + 1)}`,
    field === 'cents' ? value / 100 : value
  ])
  const sheet = computed(budgetSheet(at, 'en'), Object.fromEntries(cells) as Record<string, number>)
  const lines = whole.lines.map((one, index): BudgetLine => ({
    ...one,
    ...Object.fromEntries(
      changes.filter((change) => change.line === index).map(({ field, value }) => [field, value])
    )
  }))
  const { parts } = budgetOf(rules, { ...whole, lines })
  const cents = (column: number, row: number) =>
    Math.round(Number(sheet.value('Lines', cellAddress(column, row))) * 100)
  return {
    sheet: lines.map((_, index) =>
      [layout.planned, layout.granted, layout.refused].map((column) => cents(column, index + 1))
    ),
    site: lines.map(({ id }) => {
      const own = parts.filter((part) => part.line.id === id)
      const [cost, grant] = [own, own].map((of, at) =>
        of.reduce((sum, part) => sum + (at === 0 ? part.cost : part.grant), 0)
      ) as [number, number]
      return [cost, grant, cost - grant]
    }),
    limits: (row: number) => ['D', 'E', 'F', 'G'].map((column) => sheet.value('Limits', `${column}${row}`))
  }
}

suite('who changes a quantity in the spreadsheet sees what is refused, as the site would say', () => {
  const schools = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })
  const same = ({ sheet, site }: ReturnType<typeof typedOver>) => assert.deepEqual(sheet, site)

  test('meetings: more people than a year pays for', () => {
    const lines = [
      line('transnational-project-meetings', { people: 10, km: 640, year: 1 }),
      line('transnational-project-meetings', { people: 10, km: 2000 }),
      line('transnational-project-meetings', { people: 10, km: 2000, year: 2 })
    ]
    const seen = typedOver(schools, { lines }, [{ line: 1, field: 'people', value: 30 }])
    same(seen)
    assert.deepEqual(seen.sheet[2], [760000, 760000, 0])
    // The first year: 23 000 of 5750 and 22 800.
    assert.deepEqual(seen.limits(3), [23000, 28550, 23000, 5550])
  })

  test('a meeting that is moved to another year is held to that year', () => {
    const lines = [1, 2].map((year) => line('transnational-project-meetings', { people: 30, km: 640, year }))
    same(typedOver(schools, { lines }, [{ line: 1, field: 'year', value: 1 }]))
  })

  test('management: more months than are paid for all organisations together', () => {
    const participants = spenders(...'LV LT DE EE FI SE PL FR IT ES'.split(' '))
    const lines = participants.map(({ id }) => line('project-management', { participant: id, months: 12 }))
    same(typedOver(schools, { participants, lines }, [{ line: 0, field: 'months', value: 24 }]))
  })

  test('other costs: 75 per cent, at most 50 000 euro; special needs whole', () => {
    const lines = [
      line('exceptional-costs', { cents: 100_00 }),
      line('special-needs-support', { cents: 100_00 })
    ]
    same(typedOver(schools, { lines }, [{ line: 0, field: 'cents', value: 12_345_67 }]))
    same(typedOver(schools, { lines }, [{ line: 0, field: 'cents', value: 80_000_51 }]))
    same(typedOver(schools, { lines }, [{ line: 1, field: 'cents', value: 400_000_00 }]))
  })

  test('mobilities: a stay that becomes too short is not paid, a longer one by its days', () => {
    const lines = [line('short-staff-training', { kind: 'staff', people: 3, days: 10, km: 700 })]
    same(typedOver(schools, { lines }, [{ line: 0, field: 'days', value: 4 }]))
    same(typedOver(schools, { lines }, [{ line: 0, field: 'days', value: 20 }]))
    same(typedOver(schools, { lines }, [{ line: 0, field: 'days', value: 61 }]))
    const pupils = [line('long-pupil-mobility', { kind: 'learner', people: 1, months: 3, age: 15, km: 700 })]
    same(typedOver(schools, { lines: pupils }, [{ line: 0, field: 'age', value: 13 }]))
  })

  test('the whole: above the ceiling everybody gets less, to the cent', () => {
    const lines = [
      line('intellectual-outputs', { staff: 'manager', days: 100 }),
      line('intellectual-outputs', { staff: 'technician', days: 700, participant: 'p2' }),
      line('special-needs-support', { cents: 33_333_33 })
    ]
    const { sheet, site } = typedOver(schools, { lines }, [{ line: 1, field: 'days', value: 1777 }])
    const total = (of: number[][]) => of.reduce((sum, [, granted]) => sum + granted!, 0)
    assert.equal(total(sheet), 300_000_00)
    assert.equal(total(site), 300_000_00)
    sheet.forEach(([, granted], at) => assert.ok(Math.abs(granted! - site[at]![1]!) <= 1))
  })

  test('an alliance: its share of the costs, and the ceiling of two years', () => {
    const rules = rulesOf('alliances-for-innovation', 2026, { durationMonths: 24, answers: { lot: 1 } })
    const lines = [line('staff', { cents: 100_000_01 }), line('staff', { cents: 5_00, participant: 'p1' })]
    same(typedOver(rules, { lines }, [{ line: 1, field: 'cents', value: 700_000_00 }]))
    const over = typedOver(rules, { lines }, [{ line: 1, field: 'cents', value: 2_000_000_00 }])
    assert.equal(over.sheet[0]![1]! + over.sheet[1]![1]!, 1_000_000_00)
  })

  test('a lump sum: its fifth for management, and no more than itself', () => {
    const rules = rulesOf('cooperation-partnerships', 2026, { field: 'vet', durationMonths: 24 })
    const lines = [
      line('management-work-package', { cents: 20_000_00 }),
      line('work-packages', { cents: 90_000_00, participant: 'p1' })
    ]
    const draft = { lumpSum: 120_000_00, lines }
    same(typedOver(rules, draft, [{ line: 0, field: 'cents', value: 30_000_00 }]))
    same(typedOver(rules, draft, [{ line: 1, field: 'cents', value: 130_000_00 }]))
  })
})
