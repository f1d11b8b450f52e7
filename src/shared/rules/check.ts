import type { Context } from './compiling.ts'
import { compileCondition } from './conditions.ts'
import type { Consortium } from './consortium.ts'
import { encodeLater, isEncoded, type Encoded } from './encode.ts'
import { MET, type CompiledCondition, type Finding, type RuleAnswer } from './findings.ts'
import type { Lexicon } from './lexicon.ts'
import { selectionsOf, type Marked } from './selections.ts'
import type { RuleBody, Words } from './vocabulary.ts'
import type { Cutoffs } from './who.ts'
import { compileBody } from './words-together.ts'

export type Severity = 'block' | 'warn' | 'info'

/** How far a value can be trusted: a source or official document, a page, or nothing found yet. */
export type Confidence = 'source-document' | 'page' | 'unverified'

/** A rule of one edition, ready to compile. */
export type RuleSpec = RuleBody & { id: string; says: Words; severity: Severity; confidence: Confidence }

/** All rules of one action in one edition, as plain data: the same in server, browser and command line. */
export type ActionSpec = {
  action: string
  edition: number
  fields: readonly string[]
  /** Days (YYYY-MM-DD) on which the edition closes, for the age of organisations. */
  deadlines: readonly { on: string; fields?: readonly string[] }[]
  rules: readonly RuleSpec[]
}

export type CompiledRule = {
  spec: RuleSpec
  /** `undefined` when its condition does not hold. */
  evaluate: (marked: Marked) => Finding | undefined
  condition: CompiledCondition | undefined
}

/** An action ready to be asked: compiled once, pure, without clock or I/O. */
export type CompiledAction = {
  spec: ActionSpec
  lexicon: Lexicon
  context: Context
  rules: readonly CompiledRule[]
  /** What each rule says when it is met: always the same, so it is made once. */
  met: readonly Verdict[]
}

export type Verdict = { readonly rule: CompiledRule; readonly answer: RuleAnswer; readonly finding: Finding }

export type Answer = 'eligible' | 'not-eligible' | 'undetermined'

/** The answer of one action, with every rule that was asked. */
export type CheckResult = { answer: Answer; verdicts: Verdict[]; encoded: Encoded }

export function compileAction(spec: ActionSpec, lexicon: Lexicon): CompiledAction {
  const selections = selectionsOf(lexicon, cutoffsOf(spec.deadlines))
  const context = { lexicon, selections, fields: spec.fields }
  const rules = spec.rules.map((rule) => ({
    spec: rule,
    evaluate: compileBody(rule, context),
    condition: rule.when && compileCondition(rule.when, context)
  }))
  const met = rules.map((rule): Verdict => ({ rule, answer: 'met', finding: MET }))
  return { spec, lexicon, context, rules, met }
}

/** Asks every rule of the action. A consortium already encoded with the same lexicon may be given instead. */
export function check(action: CompiledAction, consortium: Consortium | Encoded): CheckResult {
  const encoded = isEncoded(consortium) ? consortium : encodeLater(consortium, action.lexicon)
  const marked = action.context.selections.mark(encoded)
  const verdicts: Verdict[] = []
  const { rules, met } = action
  let broken = false
  let open = false
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index]!
    const finding = rule.evaluate(marked)
    if (finding === undefined) continue
    if (finding === MET) {
      verdicts.push(met[index]!)
      continue
    }
    const { answer } = finding
    verdicts.push({ rule, answer, finding })
    if (answer === 'met' || rule.spec.severity !== 'block') continue
    // A rule that rests on nothing verified never decides; it only keeps the answer open.
    if (answer === 'not-met' && rule.spec.confidence !== 'unverified') broken = true
    else open = true
  }
  return { answer: broken ? 'not-eligible' : open ? 'undetermined' : 'eligible', verdicts, encoded }
}

/**
 * An organisation n months old at the deadline was established on the same day of the month n months before it. Where
 * the field is known, only the deadlines of that field count.
 */
function cutoffsOf(deadlines: ActionSpec['deadlines']): Cutoffs {
  return (months, field) => {
    const days = deadlines
      .filter(({ fields }) => field === undefined || fields === undefined || fields.includes(field))
      .map(({ on }) => on)
      .sort()
    if (days.length === 0) return undefined
    return { earliest: monthsBefore(days[0]!, months), latest: monthsBefore(days.at(-1)!, months) }
  }
}

function monthsBefore(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const total = year * 12 + (month - 1) - months
  const target = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0))
  const last = Math.min(date, target.getUTCDate())
  return `${target.toISOString().slice(0, 8)}${String(last).padStart(2, '0')}`
}
