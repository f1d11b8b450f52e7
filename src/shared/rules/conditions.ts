import type { Encoded } from './encode.ts'
import type { Missing } from './findings.ts'
import { MAYBE, NO, YES, type Truth } from './lexicon.ts'
import { ANYBODY, compileWho, type Matcher } from './who.ts'
import type { Condition } from './vocabulary.ts'
import type { Context } from './words.ts'

export type CompiledCondition = {
  holds: (of: Encoded) => Truth
  missing: (of: Encoded) => Missing[]
  /** All full partners must be such; at least one organisation must be such. */
  only: Matcher | undefined
  some: Matcher | undefined
}

type Part = Pick<CompiledCondition, 'holds' | 'missing'>

/** Compiles `when`: all parts must hold; what is not known keeps it open. */
export function compileCondition(condition: Condition, context: Context): CompiledCondition {
  const parts: Part[] = []
  if (condition.field !== undefined) {
    const wanted = Array.isArray(condition.field) ? condition.field : [condition.field]
    const only = context.fields.length === 1 ? context.fields[0] : undefined
    const holds = (of: Encoded): Truth => {
      const field = of.field ?? only
      return field === undefined ? MAYBE : wanted.includes(field) ? YES : NO
    }
    parts.push({ holds, missing: (of) => (holds(of) === MAYBE ? [{ of: 'field' }] : []) })
  }
  for (const [key, wanted] of Object.entries(condition.answer ?? {})) {
    const accepted: unknown[] = Array.isArray(wanted) ? wanted : [wanted]
    const holds = (of: Encoded): Truth => {
      const given = of.answers[key]
      if (given === undefined || given === null) return MAYBE
      return (Array.isArray(given) ? given : [given]).some((value) => accepted.includes(value)) ? YES : NO
    }
    parts.push({ holds, missing: (of) => (holds(of) === MAYBE ? [{ of: 'answer', key }] : []) })
  }
  let only: Matcher | undefined
  let some: Matcher | undefined
  if (condition.only) {
    const full = compileWho({}, context.lexicon, context.cutoffs)
    const such = compileWho(
      { ...condition.only, roles: undefined },
      context.lexicon,
      context.cutoffs,
      ANYBODY
    )
    only = such
    parts.push({ holds: (of) => allAre(of, full, such), missing: (of) => openPartners(of, such) })
  }
  if (condition.some) {
    const such = compileWho(condition.some, context.lexicon, context.cutoffs)
    some = such
    parts.push({ holds: (of) => someAre(of, such), missing: (of) => openPartners(of, such) })
  }
  return {
    holds: (of) => {
      let answer: Truth = YES
      for (const part of parts) {
        const truth = part.holds(of)
        if (truth === NO) return NO
        if (truth === MAYBE) answer = MAYBE
      }
      return answer
    },
    missing: (of) => parts.flatMap((part) => (part.holds(of) === MAYBE ? part.missing(of) : [])),
    only,
    some
  }
}

function allAre(of: Encoded, full: Matcher, such: Matcher): Truth {
  let answer: Truth = YES
  let any = false
  for (const partner of of.partners) {
    if (full.match(partner, of) === NO) continue
    any = true
    const truth = such.match(partner, of)
    if (truth === NO) return NO
    if (truth === MAYBE) answer = MAYBE
  }
  return any ? answer : NO
}

function someAre(of: Encoded, such: Matcher): Truth {
  let answer: Truth = NO
  for (const partner of of.partners) {
    const truth = such.match(partner, of)
    if (truth === YES) return YES
    if (truth === MAYBE) answer = MAYBE
  }
  return answer
}

function openPartners(of: Encoded, such: Matcher): Missing[] {
  return of.partners.flatMap((partner): Missing[] => {
    if (such.match(partner, of) !== MAYBE) return []
    const why = such.whyNot(partner, of)
    return why ? [{ of: 'partner', partner: partner.index, what: why.why }] : []
  })
}
