import type { Consortium } from '#shared/rules/consortium.ts'
import type { RuleBody, ValueCase, ValueLimits } from '#shared/rules/vocabulary.ts'

type Value = Extract<RuleBody, { value: unknown }>['value']

/** How many organisations of a consortium are meant: those that surely are, and those that may be. */
export type Meant = { sure: number; possible: number }

/** The limits of a grant in whole cents; `sure` is false while something that decides them is not known. */
export type GrantLimits = { atMost?: number; atLeast?: number; oneOf?: number[]; sure: boolean }

/**
 * What a rule about the grant allows this consortium. Two or three cases may be possible while their answer is
 * missing: then the widest holds, unsurely. Undefined where the rule waits for the duration.
 */
export function grantLimits(value: Value, consortium: Consortium, meant: Meant): GrantLimits | undefined {
  if (value.cases) return ofCases(value.cases, consortium)
  if (!value.per) return { ...inCents(value), sure: true }
  const months = consortium.durationMonths
  if (months === undefined) return undefined
  const most = value['at-most']! * 100
  if (value.per === 'month') return { atMost: most * months, sure: true }
  if (value.per === 'year') return { atMost: Math.floor((most * months) / 12), sure: true }
  return {
    atMost: Math.floor((most * meant.possible * months) / 12),
    sure: meant.sure === meant.possible
  }
}

function ofCases(cases: ValueCase[], consortium: Consortium): GrantLimits {
  const fits = cases.map((one) => ({ one, given: givenOf(one, consortium), wanted: wantedOf(one) }))
  const holding = fits.find(({ given, wanted }) => given !== undefined && wanted.includes(given))
  if (holding) return { ...inCents(holding.one), sure: true }
  const open = fits.filter(({ given }) => given === undefined).map(({ one }) => inCents(one))
  if (open.length === 0) return { sure: true }
  const most = open.map(({ atMost }) => atMost ?? Infinity)
  const least = open.map(({ atLeast }) => atLeast ?? 0)
  const named = open.map(({ oneOf }) => oneOf)
  return {
    ...(named.every((one) => one !== undefined) && { oneOf: [...new Set(named.flat())] }),
    ...(Number.isFinite(Math.max(...most)) && { atMost: Math.max(...most) }),
    ...(Math.min(...least) > 0 && { atLeast: Math.min(...least) }),
    sure: false
  }
}

/** A case asks one thing: the duration, or an answer. */
function givenOf({ if: asked }: ValueCase, consortium: Consortium): unknown {
  const name = Object.keys(asked)[0]!
  const given =
    name === 'durationMonths'
      ? consortium.durationMonths
      : consortium.answers?.[name.slice('answers.'.length)]
  return given ?? undefined
}

function wantedOf({ if: asked }: ValueCase): unknown[] {
  const wanted = Object.values(asked)[0]
  return Array.isArray(wanted) ? wanted : [wanted]
}

function inCents(limits: ValueLimits) {
  return {
    ...(limits['one-of'] && { oneOf: limits['one-of'].map((euros) => euros * 100) }),
    ...(limits['at-most'] !== undefined && { atMost: limits['at-most'] * 100 }),
    ...(limits['at-least'] !== undefined && { atLeast: limits['at-least'] * 100 })
  }
}
