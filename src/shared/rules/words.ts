import type { Context, Evaluate } from './compiling.ts'
import type { Encoded } from './encode.ts'
import { MET, type Finding } from './findings.ts'
import { NO, YES, countryTable } from './lexicon.ts'
import { countSure, isUnsure, means, type Selections } from './selections.ts'
import { ANYBODY, type Matcher } from './who.ts'
import { inEachCountry, oneGroup, ownCountry } from './words-by-country.ts'
import { asMany, countries, organisations } from './words-of-counts.ts'
import { compileAnswer, compileValue } from './words-of-numbers.ts'
import type { RuleBody } from './vocabulary.ts'

/** Compiles one word into a function that asks it of a consortium; `together` compiles words made of others. */
export function compileWord(
  rule: RuleBody,
  context: Context,
  together: (rule: RuleBody, context: Context) => Evaluate
): Evaluate {
  const who = context.selections.of
  if ('organisations' in rule) return organisations(rule.organisations, who(rule.organisations.who))
  if ('countries' in rule) return countries(rule.countries, who(rule.countries.who))
  if ('own-country' in rule) return ownCountry(who(rule['own-country'].who), context.lexicon)
  if ('in-each-country' in rule) return inEachCountry(rule['in-each-country'], who, context.lexicon)
  if ('at-least-as-many' in rule) {
    return asMany(who(rule['at-least-as-many'].who), who(rule['at-least-as-many'].as))
  }
  if ('everyone' in rule) {
    return everyone(who(rule.everyone.who), who(rule.everyone.must, ANYBODY), context.selections)
  }
  if ('one-group' in rule) {
    const groups = rule['one-group'].of.map((set) => countryTable(context.lexicon, [set]))
    return oneGroup(who(rule['one-group'].who), groups)
  }
  if ('value' in rule) return ofConsortium(compileValue(rule.value, who(rule.value.who)))
  if ('answer' in rule) return ofConsortium(compileAnswer(rule.answer))
  if ('fields' in rule) return fields(rule.fields)
  if ('in-the-form' in rule) return () => inTheForm
  if ('assessor' in rule) return () => assessor
  return together(rule, context)
}

/** For words that look at no organisation by a selection's marks. */
function ofConsortium(evaluate: (of: Encoded) => Finding): Evaluate {
  return ({ of }) => evaluate(of)
}

const inTheForm: Finding = Object.freeze({ answer: 'unknown', about: 'in-the-form' })
const assessor: Finding = Object.freeze({ answer: 'unknown', about: 'assessor' })

/** A project that has no field yet may still choose one that is open. */
function fields(wanted: readonly string[]): Evaluate {
  return ({ of }) =>
    of.field === undefined || wanted.includes(of.field)
      ? MET
      : { answer: 'not-met', about: 'fields', given: of.field, fields: wanted }
}

function everyone(who: Matcher, must: Matcher, selections: Selections): Evaluate {
  const right = selections.both(who, must)
  return ({ organisations: all }) => {
    if (!isUnsure(who) && countSure(right, all) === countSure(who, all)) return MET
    const breaking: number[] = []
    const undecided: number[] = []
    for (let index = 0; index < all; index++) {
      const meant = means(who, index)
      if (meant === NO) continue
      const holds = means(must, index)
      if (holds === YES) continue
      if (meant === YES && holds === NO) breaking.push(index)
      else undecided.push(index)
    }
    if (breaking.length === 0 && undecided.length === 0) return MET
    return {
      answer: breaking.length > 0 ? 'not-met' : 'unknown',
      about: 'everyone',
      breaking,
      undecided,
      who,
      must
    }
  }
}
