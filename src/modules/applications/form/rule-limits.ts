import type { FormQuestion, RuleLimit } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { holds } from './conditions.ts'
import type { Filled, Place } from './filled.ts'

/** What rules allow of an answer as things stand. They stand in the way by the check, not by the form. */
export function limitsNow(filled: Filled, place: Place, { limits }: FormQuestion): readonly RuleLimit[] {
  return (limits ?? []).filter(({ when }) => !when || holds(when, filled, place))
}

/** What those rules say that an answer does not keep to, each sentence once. */
export function beyondRules(filled: Filled, place: Place, question: FormQuestion, value: unknown): Words[] {
  if (typeof value !== 'number') return []
  const broken = limitsNow(filled, place, question).filter((limit) => !allows(limit, value))
  return [...new Map(broken.map(({ says }) => [says.en, says])).values()]
}

function allows({ least, most, oneOf }: RuleLimit, value: number): boolean {
  return (oneOf?.includes(value) ?? true) && value >= (least ?? -Infinity) && value <= (most ?? Infinity)
}
