import type { Encoded } from './encode.ts'
import { MET, type Finding, type Limits, type Missing } from './findings.ts'
import { MAYBE, NO, YES, type Truth } from './lexicon.ts'
import type { Matcher } from './who.ts'
import type { AnswerRule, ValueCase, ValueLimits, ValueName, Word } from './vocabulary.ts'

type Value = Extract<Word, { value: unknown }>['value']

/** Reads what a rule asks about: the number given, undefined when it was not. */
function reader(name: ValueName): (of: Encoded) => number | undefined {
  if (name === 'durationMonths') return (of) => of.durationMonths
  if (name === 'grantEur') return (of) => of.grantEur
  const key = name.slice('answers.'.length)
  return (of) => {
    const answer = of.answers[key]
    return typeof answer === 'number' ? answer : undefined
  }
}

export function compileValue(value: Value, matcher: Matcher): (of: Encoded) => Finding {
  const name = value.of
  const valueOf = reader(name)
  if (value.cases) {
    const cases = value.cases.map(compileCase)
    const asked = missingValue(cases[0]!.name)
    const questions = { ofCase: [asked], ofBoth: [missingValue(name), asked] }
    return (of) => byCase(of, name, valueOf(of), cases, questions)
  }
  const limits = limitsOf(value)
  if (value.per) return (of) => proRata(of, name, valueOf(of), value, matcher)
  return (of) => within(name, valueOf(of), limits)
}

function limitsOf(limits: ValueLimits): Limits {
  return {
    ...(limits['one-of'] && { oneOf: limits['one-of'] }),
    ...(limits['at-least'] !== undefined && { atLeast: limits['at-least'] }),
    ...(limits['at-most'] !== undefined && { atMost: limits['at-most'] })
  }
}

function holds(given: number, { oneOf, atLeast, atMost }: Limits): boolean {
  return (
    (oneOf === undefined || oneOf.includes(given)) &&
    (atLeast === undefined || given >= atLeast) &&
    (atMost === undefined || given <= atMost)
  )
}

function within(name: ValueName, given: number | undefined, limits: Limits): Finding {
  if (given === undefined) {
    return { answer: 'unknown', about: 'value', name, given, limits, missing: [missingValue(name)] }
  }
  return holds(given, limits) ? MET : { answer: 'not-met', about: 'value', name, given, limits, missing: [] }
}

function missingValue(name: ValueName): Missing {
  return name.startsWith('answers.')
    ? { of: 'answer', key: name.slice('answers.'.length) }
    : { of: 'value', name }
}

type Case = { name: ValueName; key: string; accepted: readonly unknown[]; limits: Limits }

function compileCase(one: ValueCase): Case {
  const [name, wanted] = Object.entries(one.if)[0]!
  const accepted: unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  const key = name.slice('answers.'.length)
  return { name: name as ValueName, key, accepted, limits: limitsOf(one) }
}

/** The first case that fits decides. As long as several may fit, only what they agree on is said. */
function byCase(
  of: Encoded,
  name: ValueName,
  given: number | undefined,
  cases: readonly Case[],
  questions: { ofCase: readonly Missing[]; ofBoth: readonly Missing[] }
): Finding {
  let possible = 0
  let holding = 0
  for (let at = 0; at < cases.length; at++) {
    const one = cases[at]!
    const fits = caseFits(of, one)
    if (fits === NO) continue
    if (fits === YES && possible === 0) return within(name, given, one.limits)
    possible++
    if (given !== undefined && holds(given, one.limits)) holding++
    if (fits === YES) break
  }
  if (given === undefined) {
    return { answer: 'unknown', about: 'value', name, given, limits: {}, missing: questions.ofBoth }
  }
  if (possible > 0 && holding === possible) return MET
  if (possible > 0 && holding === 0) {
    const limits = widest(casesPossible(of, cases))
    return { answer: 'not-met', about: 'value', name, given, limits, missing: [] }
  }
  return { answer: 'unknown', about: 'value', name, given, limits: {}, missing: questions.ofCase }
}

/** The cases that may fit, up to the first that does. */
function casesPossible(of: Encoded, cases: readonly Case[]): Case[] {
  const last = cases.findIndex((one) => caseFits(of, one) === YES)
  return cases.slice(0, last === -1 ? cases.length : last + 1).filter((one) => caseFits(of, one) !== NO)
}

function caseFits(of: Encoded, { name, key, accepted }: Case): Truth {
  const given =
    name === 'durationMonths' ? of.durationMonths : name === 'grantEur' ? of.grantEur : of.answers[key]
  if (given === undefined || given === null) return MAYBE
  return accepted.includes(given) ? YES : NO
}

/** The most generous limits of several cases, for the reason when all of them say no. */
function widest(cases: readonly Case[]): Limits {
  const all = cases.map(({ limits }) => limits)
  const most = Math.max(...all.map(({ atMost }) => atMost ?? Infinity))
  const least = Math.min(...all.map(({ atLeast }) => atLeast ?? -Infinity))
  const oneOf = all.flatMap((one) => one.oneOf ?? [])
  return {
    ...(oneOf.length > 0 && { oneOf }),
    ...(Number.isFinite(most) && { atMost: most }),
    ...(Number.isFinite(least) && { atLeast: least })
  }
}

function proRata(
  of: Encoded,
  name: ValueName,
  given: number | undefined,
  value: Value,
  matcher: Matcher
): Finding {
  const units = unitsOf(of, value, matcher)
  if (given === undefined || units === undefined) {
    const missing: Missing[] = []
    if (given === undefined) missing.push(missingValue(name))
    if (of.durationMonths === undefined) missing.push({ of: 'value', name: 'durationMonths' })
    return { answer: 'unknown', about: 'value', name, given, limits: {}, missing }
  }
  const limits = { atMost: Math.floor(value['at-most']! * units.sure) }
  if (given <= limits.atMost) return MET
  const answer = given <= value['at-most']! * units.possible ? 'unknown' : 'not-met'
  const growsWith = value.per === 'organisation-and-year' ? { growsWith: matcher } : {}
  return { answer, about: 'value', name, given, limits, missing: [], ...growsWith }
}

/** For how many months, years, or organisations and years the amount is granted. */
function unitsOf(
  of: Encoded,
  value: Value,
  matcher: Matcher
): { sure: number; possible: number } | undefined {
  const months = of.durationMonths
  if (months === undefined) return undefined
  if (value.per === 'month') return { sure: months, possible: months }
  const years = months / 12
  if (value.per === 'year') return { sure: years, possible: years }
  let sure = 0
  let open = 0
  for (const partner of of.partners) {
    const truth = matcher.match(partner, of)
    if (truth === YES) sure++
    else if (truth === MAYBE) open++
  }
  return { sure: sure * years, possible: (sure + open) * years }
}

export function compileAnswer(answer: AnswerRule): (of: Encoded) => Finding {
  const { key, is, from } = answer
  const least = answer.exactly ?? answer['at-least'] ?? 0
  const most = answer.exactly ?? answer['at-most'] ?? Infinity
  return (of) => {
    const given = of.answers[key]
    if (given === undefined || given === null)
      return { answer: 'unknown', about: 'answer', key, given: undefined, picked: 0, rule: answer }
    const values: unknown[] = Array.isArray(given) ? given : [given]
    const picked = from ? values.filter((value) => from.includes(value)).length : values.length
    const right = is === undefined || values.some((value) => is.includes(value))
    if (right && picked >= least && picked <= most) return MET
    return { answer: 'not-met', about: 'answer', key, given, picked, rule: answer }
  }
}
