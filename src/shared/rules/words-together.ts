import type { Context, Evaluate } from './compiling.ts'
import { compileCondition } from './conditions.ts'
import { MET, type CompiledCondition, type Finding } from './findings.ts'
import { MAYBE, NO } from './lexicon.ts'
import type { RuleBody } from './vocabulary.ts'
import type { Marked } from './selections.ts'
import { compileWord } from './words.ts'

/**
 * A body with its condition; `undefined` where the condition does not hold and the rule is not asked. While the
 * condition is not known, a rule that is met is met either way; as one way among others it stays open.
 */
export function compileBody(body: RuleBody, context: Context, oneOfSeveral = false): Part {
  const word = compileWord(body, context, compileParts)
  if (!body.when) return word
  const condition = compileCondition(body.when, context)
  return (marked) => {
    const applies = condition.holds(marked)
    if (applies === NO) return undefined
    const finding = word(marked)
    if (applies !== MAYBE || (finding.answer === 'met' && !oneOfSeveral)) return finding
    return { answer: 'unknown', about: 'condition', missing: condition.missing(marked), otherwise: finding }
  }
}

/** any-of, all-of and exactly-one-of. A part that is not asked is no support for any-of and no obstacle for all-of. */
export function compileParts(rule: RuleBody, context: Context): Evaluate {
  if ('any-of' in rule) {
    return anyOf(
      rule['any-of'].map((part) => compileBody(part, context, true)),
      rule['any-of'].map((part) => compileCondition(part.when ?? {}, context))
    )
  }
  if ('all-of' in rule) return allOf(rule['all-of'].map((part) => compileBody(part, context)))
  if ('exactly-one-of' in rule)
    return exactlyOneOf(rule['exactly-one-of'].map((part) => compileBody(part, context, true)))
  throw new Error(`a rule without a word of the vocabulary: ${JSON.stringify(rule)}`)
}

type Part = (marked: Marked) => Finding | undefined

function anyOf(parts: readonly Part[], conditions: readonly CompiledCondition[]): Evaluate {
  return (marked) => {
    const failed: Finding[] = []
    let open = false
    for (let index = 0; index < parts.length; index++) {
      const finding = parts[index]!(marked)
      if (finding === undefined) {
        failed.push({ answer: 'not-met', about: 'not-asked', condition: conditions[index]! })
        continue
      }
      if (finding.answer === 'met') return MET
      if (finding.answer === 'unknown') open = true
      failed.push(finding)
    }
    return { answer: open ? 'unknown' : 'not-met', about: 'any-of', parts: failed }
  }
}

function allOf(parts: readonly Part[]): Evaluate {
  return (marked) => {
    const failed: Finding[] = []
    let broken = false
    for (const part of parts) {
      const finding = part(marked)
      if (finding === undefined || finding.answer === 'met') continue
      if (finding.answer === 'not-met') broken = true
      failed.push(finding)
    }
    if (failed.length === 0) return MET
    return { answer: broken ? 'not-met' : 'unknown', about: 'all-of', parts: failed }
  }
}

function exactlyOneOf(parts: readonly Part[]): Evaluate {
  return (marked) => {
    const findings = parts.flatMap((part) => part(marked) ?? [])
    const met = findings.filter(({ answer }) => answer === 'met').length
    const open = findings.filter(({ answer }) => answer === 'unknown').length
    if (met === 1 && open === 0) return MET
    const answer = met > 1 || met + open === 0 ? 'not-met' : 'unknown'
    return { answer, about: 'exactly-one-of', parts: findings }
  }
}
