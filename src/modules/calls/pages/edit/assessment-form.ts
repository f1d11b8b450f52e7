import type { Typed } from '#shared/forms/read-form.ts'
import type { Problem } from '#shared/forms/refused.ts'
import type { CallTerms } from '../../call.ts'
import { type FromForm, centsOf, euroText, numberOf, rowsOf, textOf } from './form-values.ts'

export const expertsRow = ['upTo', 'experts'] as const

/** The assessment plan as a form: experts.0.upTo, experts.0.experts, third, third-unless, consolidation, threshold. */
export function assessmentTyped({ assessment }: CallTerms): Typed {
  const { experts, thirdExpert, consolidation, thresholdPoints } = assessment
  return {
    ...Object.fromEntries(
      experts.flatMap(({ upToCents, experts: count }, index) => [
        [`experts.${index}.upTo`, euroText(upToCents)],
        [`experts.${index}.experts`, String(count)]
      ])
    ),
    third: thirdExpert ? String(thirdExpert.abovePoints) : '',
    'third-unless': thirdExpert?.unlessBothBelowThreshold ? 'yes' : '',
    consolidation,
    threshold: thresholdPoints === null ? '' : String(thresholdPoints)
  }
}

export function assessmentFrom(typed: Typed): FromForm<Pick<CallTerms, 'assessment'>> {
  const problems: Problem[] = []
  const experts = Array.from({ length: rowsOf(typed, 'experts') }).flatMap((_, index) => {
    const upToCents = centsOf(typed, `experts.${index}.upTo`, problems)
    const count = numberOf(typed, `experts.${index}.experts`, problems)
    if (upToCents === null && count === null) return []
    if (count === null) problems.push({ field: `experts.${index}.experts`, key: 'form.missing' })
    return [{ upToCents, experts: count ?? 1 }]
  })
  const above = numberOf(typed, 'third', problems)
  const thresholdPoints = numberOf(typed, 'threshold', problems)
  if (problems.length > 0) return { problems }
  return {
    change: {
      assessment: {
        experts,
        thirdExpert:
          above === null
            ? null
            : { abovePoints: above, unlessBothBelowThreshold: textOf(typed, 'third-unless') === 'yes' },
        consolidation: textOf(typed, 'consolidation') === 'average' ? 'average' : 'agreed',
        thresholdPoints
      }
    }
  }
}
