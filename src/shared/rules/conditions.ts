import type { Context } from './compiling.ts'
import type { Encoded } from './encode.ts'
import type { CompiledCondition, Missing } from './findings.ts'
import { MAYBE, NO, YES, type Truth } from './lexicon.ts'
import { means, type Marked } from './selections.ts'
import { ANYBODY, type Matcher } from './who.ts'
import type { Condition } from './vocabulary.ts'

type Part = Pick<CompiledCondition, 'holds' | 'missing'>

/** Compiles `when`: all parts must hold; what is not known keeps it open. */
export function compileCondition(condition: Condition, context: Context): CompiledCondition {
  const parts: Part[] = []
  if (condition.field !== undefined) {
    const wanted = Array.isArray(condition.field) ? condition.field : [condition.field]
    const only = context.fields.length === 1 ? context.fields[0] : undefined
    const holds = ({ of }: Marked): Truth => {
      const field = of.field ?? only
      return field === undefined ? MAYBE : wanted.includes(field) ? YES : NO
    }
    const missing: Missing[] = [{ of: 'field' }]
    parts.push({ holds, missing: () => missing })
  }
  for (const [key, wanted] of Object.entries(condition.answer ?? {})) {
    const accepted: unknown[] = Array.isArray(wanted) ? wanted : [wanted]
    const holds = ({ of }: Marked): Truth => {
      const given = of.answers[key]
      if (given === undefined || given === null) return MAYBE
      const fits = Array.isArray(given)
        ? given.some((value) => accepted.includes(value))
        : accepted.includes(given)
      return fits ? YES : NO
    }
    const missing: Missing[] = [{ of: 'answer', key }]
    parts.push({ holds, missing: () => missing })
  }
  let only: Matcher | undefined
  let some: Matcher | undefined
  if (condition.only) {
    const full = context.selections.of({})
    const such = context.selections.of({ ...condition.only, roles: undefined }, ANYBODY)
    only = such
    parts.push({ holds: (marked) => allAre(marked, full, such), missing: ({ of }) => openPartners(of, such) })
  }
  if (condition.some) {
    const such = context.selections.of(condition.some)
    some = such
    parts.push({ holds: (marked) => someAre(marked, such), missing: ({ of }) => openPartners(of, such) })
  }
  // Mostly there is one.
  if (parts.length === 1) return { ...parts[0]!, only, some }
  return {
    holds: (marked) => {
      let answer: Truth = YES
      for (const part of parts) {
        const truth = part.holds(marked)
        if (truth === NO) return NO
        if (truth === MAYBE) answer = MAYBE
      }
      return answer
    },
    missing: (marked) => parts.flatMap((part) => (part.holds(marked) === MAYBE ? part.missing(marked) : [])),
    only,
    some
  }
}

function allAre(marked: Marked, full: Matcher, such: Matcher): Truth {
  let answer: Truth = YES
  let any = false
  for (let index = 0; index < marked.organisations; index++) {
    if (means(full, index) === NO) continue
    any = true
    const truth = means(such, index)
    if (truth === NO) return NO
    if (truth === MAYBE) answer = MAYBE
  }
  return any ? answer : NO
}

function someAre(marked: Marked, such: Matcher): Truth {
  let answer: Truth = NO
  for (let index = 0; index < marked.organisations; index++) {
    const truth = means(such, index)
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
