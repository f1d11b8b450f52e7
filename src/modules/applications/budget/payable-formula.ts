import type { BudgetLimit, BudgetRules } from '#modules/programmes'
import { cellAddress } from '#shared/spreadsheets/write-xlsx.ts'
import type { Part } from './budget.ts'
import { categoryOf, type BudgetLine } from './budget-line.ts'
import type { SheetField, SheetLayout } from './sheet-columns.ts'
import { paidWhereItStands, type Stages } from './sheet-stages.ts'

type Cell = (field: SheetField) => string

/**
 * What is payable of a line by the rules that look at it alone, as a formula over its row: the share of its cost, how
 * long a stay may last, from which age, how much for each person.
 * @param at the row of the sheet, from 0
 */
export function payableFormula(
  rules: BudgetRules,
  line: BudgetLine,
  parts: readonly Part[],
  { fixed }: Stages,
  at: { layout: SheetLayout; row: number }
): string {
  const { layout, row } = at
  const cell: Cell = (field) => layout.cell(field, row)
  const limits = categoryOf(rules, line.category)?.limits ?? []
  const simple = paidWhereItStands(line, parts)
  let amount = shareOf(rules, simple ? parts : [], cellAddress(layout.planned, row))
  const conditions = limits.flatMap((limit) => conditionOf(limit, cell))
  if (conditions.length > 0) amount = `IF(AND(${conditions.join(',')}),${amount},0)`
  if (fixed) amount = `ROUND(${amount}*${fixed.kept}/${fixed.of},2)`
  if (!simple) return amount
  return limits
    .filter(({ of, atMost, participant }) => of === 'eur-per-participant' && atMost && !participant)
    .reduce((all, { atMost }) => `MIN(${all},${atMost! / 100}*${heads(cell)})`, amount)
}

function shareOf(rules: BudgetRules, parts: readonly Part[], planned: string): string {
  const share = parts
    .flatMap(({ rules: used }) => used)
    .map((ref) =>
      'category' in ref && ref.rate !== undefined
        ? categoryOf(rules, ref.category)?.rates[ref.rate]?.percent
        : undefined
    )
    .find((percent) => percent !== undefined && percent !== 100)
  // Whole cents are rounded down; before that, what a program cannot write exactly is put right.
  return share === undefined ? planned : `ROUNDDOWN(ROUND(${planned}*${share}/100,6),2)`
}

function heads(cell: Cell): string {
  return `N(${cell('people')})*IF(${cell('times')}="",1,${cell('times')})`
}

function conditionOf(limit: BudgetLimit, cell: Cell): string[] {
  const [days, months, age] = [cell('days'), cell('months'), cell('age')]
  if (limit.of === 'eur-per-project' && limit.atMost === 0) return ['FALSE()']
  if (limit.of === 'years-of-age') return [`OR(${age}="",${within(age, limit, 1)})`]
  if (limit.of === 'days') {
    const stay = `IF(${days}="",N(${months})*30,${days})`
    return [`OR(AND(${days}="",${months}=""),${within(stay, limit, 1)})`]
  }
  // A stay given in days is held against months of 30 days.
  if (limit.of === 'months') {
    return [`IF(${months}<>"",${within(months, limit, 1)},OR(${days}="",${within(days, limit, 30)}))`] // not of a guide: days
  }
  return []
}

function within(value: string, { atLeast, atMost }: BudgetLimit, times: number): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`${value}>=${atLeast * times}`]),
    ...(atMost === undefined ? [] : [`${value}<=${atMost * times}`])
  ]
  return bounds.length > 0 ? `AND(${bounds.join(',')})` : 'TRUE()'
}
