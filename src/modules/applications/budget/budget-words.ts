import type { BudgetRules } from '#modules/programmes'
import { formatMoney } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import { ruleBehind, type Finding, type RefusalKind } from './budget.ts'
import { anyCosts, quantities, type Quantity } from './budget-line.ts'

/** The texts of the pages of a budget. */
export type BudgetTexts = Say<KeysOf<'site' | 'applications-budget'>>

/** Who reads, and what they read about. */
export type Reading = { t: BudgetTexts; language: Language; rules: BudgetRules }

/** A finding as a sentence. */
export function findingSentence(finding: Finding, { t, language, rules }: Reading): string {
  const { kind, values = {} } = finding
  const number = (name: string) => Number(values[name] ?? 0)
  const money = (name: string) => formatMoney(number(name), language)
  switch (kind) {
    case 'missing':
      return t('applications-budget.finding.missing', { what: columnLabel(String(values.what), t) })
    case 'no-rate':
      return t('applications-budget.finding.no-rate', { what: described(values, t) })
    case 'rate-not-known':
      return values.days === undefined
        ? t('applications-budget.finding.rate-not-known')
        : t('applications-budget.finding.rate-not-known-days', { days: number('days') })
    case 'year-beyond':
      return t('applications-budget.finding.year-beyond', { years: number('years') })
    case 'km-unexplained':
      return t('applications-budget.finding.km-unexplained', { km: number('km') })
    case 'km-differs':
      return t('applications-budget.finding.km-differs', { km: number('km'), between: number('between') })
    case 'refused': {
      const why = t(`applications-budget.refusal.${values.why as RefusalKind}`)
      return t('applications-budget.finding.refused', { amount: money('cents'), why })
    }
    case 'does-not-add-up': {
      const shown = { planned: money('planned'), chosen: money('chosen') }
      const difference = formatMoney(Math.abs(number('planned') - number('chosen')), language)
      return number('planned') < number('chosen')
        ? t('applications-budget.finding.does-not-add-up-less', { ...shown, difference })
        : t('applications-budget.finding.does-not-add-up-more', { ...shown, difference })
    }
    case 'work-packages':
      return t('applications-budget.finding.work-packages', { count: number('count') })
    case 'under-least':
      return t('applications-budget.finding.under-least', { grant: money('grant'), least: money('least') })
    case 'over-advice':
      return t('applications-budget.finding.over-advice', { grant: money('grant'), most: money('most') })
    case 'ceiling-not-named':
      return t('applications-budget.finding.ceiling-not-named', { months: number('months') })
    case 'justify': {
      const asks = finding.rule && ruleBehind(rules, finding.rule)?.says
      return [t('applications-budget.finding.justify'), asks?.[language]].filter(Boolean).join(' ')
    }
    default:
      return t(`applications-budget.finding.${kind}`)
  }
}

/** What a field is called. */
export function columnLabel(name: string, t: BudgetTexts): string {
  const known: readonly string[] = quantities
  if (known.includes(name)) return t(`applications-budget.column.${name as Quantity}`)
  return t(`applications-budget.column.${name as 'title'}`)
}

/** What a value of a choice is called. */
export function optionLabel(field: string, value: string, t: BudgetTexts): string {
  if (field === 'staff') return t(`applications-budget.staff.${value as 'manager'}`)
  if (field === 'kind') return t(`applications-budget.kind.${value as 'local'}`)
  return t(`applications-budget.travel.${value as 'green'}`)
}

/** What a category is called. */
export function categoryName(rules: BudgetRules, id: string, { t, language }: Reading): string {
  if (id === anyCosts) return t('applications-budget.lines.costs')
  return rules.categories.find((category) => category.id === id)?.names[language] ?? id
}

function described(values: Record<string, number | string>, t: BudgetTexts): string {
  const said = Object.entries(values).map(([name, value]) => {
    const text = typeof value === 'string' ? optionLabel(name, value, t) : String(value)
    return `${columnLabel(name, t)} ${text}`
  })
  return said.join(', ')
}
