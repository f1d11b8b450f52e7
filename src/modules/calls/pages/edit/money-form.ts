import { countryCode } from '#modules/programmes'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Problem } from '#shared/forms/refused.ts'
import { budgetProblems } from '../../budget.ts'
import type { Budget, BudgetPart, CallTerms } from '../../call.ts'
import { type FromForm, centsOf, euroText, rowsOf, textOf } from './form-values.ts'

/** Fields of a row of money for a country or a topic. */
export const moneyRow = ['of', 'euro'] as const

/** The money as a form: total, field.<field>, action.<action>, country.0.of, country.0.euro, topic.0.of … */
export function moneyTyped({ budget }: CallTerms, countryText: (code: string) => string): Typed {
  const typed: Typed = { total: euroText(budget.cents) }
  for (const { by, parts } of budget.splits) {
    parts.forEach(({ of, cents }, index) => {
      if (by === 'field' || by === 'action') typed[`${by}.${of}`] = euroText(cents)
      else {
        typed[`${by}.${index}.of`] = by === 'country' ? countryText(of) : of
        typed[`${by}.${index}.euro`] = euroText(cents)
      }
    })
  }
  return typed
}

export function moneyFrom(
  typed: Typed,
  opened: { fields: readonly string[]; actions: readonly string[] }
): FromForm<Pick<CallTerms, 'budget'>> {
  const problems: Problem[] = []
  const named = (by: 'field' | 'action', all: readonly string[]) =>
    all.flatMap((of): BudgetPart[] => {
      const cents = centsOf(typed, `${by}.${of}`, problems)
      return cents === null ? [] : [{ of, cents }]
    })
  const rows = (by: 'country' | 'topic') =>
    Array.from({ length: rowsOf(typed, by) }).flatMap((_, index): BudgetPart[] => {
      const written = textOf(typed, `${by}.${index}.of`).trim()
      const cents = centsOf(typed, `${by}.${index}.euro`, problems)
      if (written === '' && cents === null) return []
      const of = by === 'country' ? countryCode(written) : written
      if (of === undefined || of === '') {
        problems.push({ field: `${by}.${index}.of`, key: 'calls.problem.part-unknown' })
        return []
      }
      return [{ of, cents: cents ?? 0 }]
    })
  const splits = [
    { by: 'field' as const, parts: named('field', opened.fields) },
    { by: 'action' as const, parts: named('action', opened.actions) },
    { by: 'country' as const, parts: rows('country') },
    { by: 'topic' as const, parts: rows('topic') }
  ].filter(({ parts }) => parts.length > 0)
  const budget: Budget = { cents: centsOf(typed, 'total', problems), splits }
  // Sums are told at once, at the split they are about; what adds up later is kept all the same.
  const sums = budgetProblems(budget).map((problem) => ({
    ...problem,
    field: problem.field === 'budget.cents' ? 'total' : splits[Number(problem.field.split('.')[2])]!.by
  }))
  const all = [...problems, ...sums]
  return all.length > 0 ? { problems: all } : { change: { budget } }
}
