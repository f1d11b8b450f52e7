import {
  type CallToCheck,
  type Programmes,
  actionOfCall,
  programmesOfCall,
  readOwnRules
} from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { bodyOf } from './bodies.server.ts'
import { type Call, type CallTerms, inLanguageOf } from './call.ts'
import { publishedTerms, termsNamed } from './store.server.ts'

type Holding = { database: Database; programmes: Programmes }

/** What a revision of terms says never changes: its rules are compiled once. What was asked for last stays. */
const mostKept = 500
const kept = new WeakMap<Programmes, Map<string, Promise<CallToCheck>>>()

/** A published call as the check applies it: what it opens, its deadline, its own rules. */
export async function callForCheck(app: Holding, code: string): Promise<CallToCheck | undefined> {
  const terms = await publishedTerms(app.database, code)
  return terms === undefined ? undefined : callInTerms(app, terms)
}

/** A call as it is applied in one revision of its terms, by the id of that; from memory where it was asked for lately. */
export function callInTerms(app: Holding, terms: string): Promise<CallToCheck> {
  let known = kept.get(app.programmes)
  if (!known) kept.set(app.programmes, (known = new Map()))
  const before = known.get(terms)
  if (before) known.delete(terms)
  const call = before ?? readTerms(app, terms)
  known.set(terms, call)
  if (!before) call.catch(() => known.delete(terms))
  if (known.size > mostKept) known.delete(known.keys().next().value!)
  return call
}

async function readTerms(app: Holding, id: string): Promise<CallToCheck> {
  const found = await termsNamed(app.database, id)
  if (!found) throw new Error(`There are no terms ${id}.`)
  const { kind } = await bodyOf(app, found.call.body)
  return {
    ...toCheck(app.programmes, found.call, found.terms),
    terms: id,
    ...(kind !== 'other' && { body: kind })
  }
}

function toCheck(
  programmes: Programmes,
  { code, edition }: Call,
  terms: CallTerms
): Omit<CallToCheck, 'terms' | 'body'> {
  const actions = terms.actions.map(({ action }) => action)
  const own = readOwnRules(programmes, terms.rules, { edition, opened: actions })
  // Rules were read before the call was published.
  const { rules, questions } = 'rules' in own ? own : { rules: [], questions: [] }
  const title = { en: inLanguageOf(terms.title, 'en'), lv: inLanguageOf(terms.title, 'lv') }
  const { deadline } = terms
  return {
    code,
    title,
    edition,
    actions: actions.length > 0 ? actions : [actionOfCall],
    programmes: programmesOfCall(programmes, {
      edition,
      title,
      url: `/lv/calls/${code}`,
      ...(deadline && { deadline: { on: deadline.day, at: deadline.hour } }),
      actions: terms.actions,
      own: rules,
      questions
    })
  }
}
