import {
  check,
  compileAction,
  type ActionSpec,
  type CheckResult,
  type CompiledAction
} from '#shared/rules/check.ts'
import type { Consortium } from '#shared/rules/consortium.ts'
import { encode } from '#shared/rules/encode.ts'
import { makeLexicon, type Lexicon, type LexiconData } from '#shared/rules/lexicon.ts'
import { compileRepairs, type Bounds, type Repairs } from '#shared/rules/repairs.ts'
import type { Encoded } from '#shared/rules/encode.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Field, QuestionData } from './programme-data.ts'

/** An action as the check needs it: rules, questions and names of one edition, as plain data. */
export type EditionAction = {
  spec: ActionSpec
  names: Words
  family: string
  fields: Field[]
  questions: QuestionData[]
}

/** Everything a check of one edition needs, as plain data that also travels to a browser. */
export type EditionData = {
  edition: number
  lexicon: LexiconData
  actions: EditionAction[]
  kinds: Record<string, Words>
  countrySets: Record<string, Words>
}

/** One action of a compiled edition. */
export type ReadyAction = EditionAction & {
  compiled: CompiledAction
  /** Compiled when first asked: finding repairs needs more preparation than checking. */
  repairs: (of: Consortium | Encoded, bounds?: Partial<Bounds>) => Repairs
}

/** An edition ready to be asked: the same code in server, browser and command line. */
export type Edition = { data: EditionData; lexicon: Lexicon; actions: ReadonlyMap<string, ReadyAction> }

export function compileEdition(data: EditionData): Edition {
  const lexicon = makeLexicon(data.lexicon)
  const actions = data.actions.map((action): [string, ReadyAction] => {
    const compiled = compileAction(action.spec, lexicon)
    let repairs: ReadyAction['repairs'] | undefined
    return [
      action.spec.action,
      { ...action, compiled, repairs: (of, bounds) => (repairs ??= compileRepairs(compiled))(of, bounds) }
    ]
  })
  return { data, lexicon, actions: new Map(actions) }
}

/** What one action answers. */
export type ActionResult = { action: ReadyAction; result: CheckResult }

/** Asks one action. */
export function checkAction(action: ReadyAction, consortium: Consortium): ActionResult {
  return { action, result: check(action.compiled, consortium) }
}

/** Asks every action of the edition, the nearest first: “which actions fit us?” */
export function checkAll(edition: Edition, consortium: Consortium): ActionResult[] {
  const encoded = encode(consortium, edition.lexicon)
  return [...edition.actions.values()]
    .map((action) => ({ action, result: check(action.compiled, encoded) }))
    .map((one) => ({ one, distance: distanceOf(one, consortium) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one)
}

const answerRank = { eligible: 0, undetermined: 1, 'not-eligible': 2 } as const

/** Eligible before undetermined before not eligible; then by what is in the way; an action of another field last. */
function distanceOf({ action, result }: ActionResult, consortium: Consortium): number {
  let broken = 0
  let open = 0
  for (const { answer, rule } of result.verdicts) {
    if (answer === 'met' || rule.spec.severity !== 'block') continue
    if (answer === 'not-met') broken++
    else if (answer === 'unknown') open++
  }
  const foreign = consortium.field !== undefined && !action.fields.includes(consortium.field as Field) ? 1 : 0
  return foreign * 10_000 + answerRank[result.answer] * 1000 + broken * 30 + open
}
