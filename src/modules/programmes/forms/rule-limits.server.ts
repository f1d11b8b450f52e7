import type { ValueCase, ValueLimits, ValueName } from '#shared/rules/vocabulary.ts'
import { cited } from '../citations.server.ts'
import type { FormCondition, RuleLimit } from '../form-data.ts'
import type { RuleData } from '../programme-data.ts'
import { allOf, askedWhen, type Making } from './making.server.ts'

type ValueRule = Extract<RuleData, { value: unknown }>

/**
 * What the rules allow of a value, for the question that asks for it: those that would keep an application from being
 * submitted, and that answers alone bring into force. A rule that rests on nothing verified decides nothing here either.
 */
export function ruleLimits(about: ValueName, making: Making): RuleLimit[] {
  return making.rules
    .filter((rule): rule is ValueRule => 'value' in rule && rule.value.of === about && !rule.value.per)
    .filter((rule) => (rule.severity ?? 'block') === 'block' && isVerified(rule, making))
    .flatMap((rule) => {
      const { sure, condition } = askedWhen(rule.when, making)
      return sure ? casesOf(rule).map((one) => limitOf(rule, one, condition)) : []
    })
}

function isVerified(rule: ValueRule, { programme, edition }: Making): boolean {
  return cited(programme, rule, edition).confidence !== 'unverified'
}

function casesOf({ value }: ValueRule): (ValueLimits & { if?: ValueCase['if'] })[] {
  return value.cases ?? [value]
}

function limitOf(
  { id, says, value }: ValueRule,
  limits: ValueLimits & { if?: ValueCase['if'] },
  condition: FormCondition | undefined
): RuleLimit {
  const unit = value.of === 'grantEur' ? 100 : 1
  const { 'at-least': least, 'at-most': most, 'one-of': oneOf } = limits
  const parts = [condition, limits.if && conditionOf(limits.if)].filter((one) => one !== undefined)
  return {
    rule: id,
    says,
    ...(parts.length > 0 && { when: allOf(parts) }),
    ...(least !== undefined && { least: least * unit }),
    ...(most !== undefined && { most: most * unit }),
    ...(oneOf && { oneOf: oneOf.map((one) => one * unit) })
  }
}

/** A case asks one thing: the duration, or an answer. */
function conditionOf(asked: ValueCase['if']): FormCondition {
  const [name, wanted] = Object.entries(asked)[0]!
  const answer =
    name === 'durationMonths' ? 'project.duration-months' : name.replace(/^answers\./, 'eligibility.')
  const values = [wanted].flat() as (string | number | boolean)[]
  return values.length === 1 ? { answer, is: values[0]! } : { 'any-of': values.map((is) => ({ answer, is })) }
}
