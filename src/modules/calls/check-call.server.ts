import {
  type CallToCheck,
  type Programmes,
  actionOfCall,
  programmesOfCall,
  readOwnRules
} from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type StoredCall, findCall, termsOf } from './store.server.ts'
import { type CallTerms, inLanguageOf } from './call.ts'

type Holding = { database: Database; programmes: Programmes }

/** Kept so that a call's rules are compiled once; the oldest are forgotten. */
const mostKept = 50
const kept = new WeakMap<Programmes, Map<string, CallToCheck>>()

/** A published call as the check applies it: what it opens, its deadline, its own rules. */
export async function callForCheck(app: Holding, code: string): Promise<CallToCheck | undefined> {
  const call = await findCall(app.database, code)
  if (!call || call.publishedRevision === null) return undefined
  const known = kept.get(app.programmes) ?? new Map<string, CallToCheck>()
  kept.set(app.programmes, known)
  const key = `${call.id} ${call.publishedRevision}`
  const before = known.get(key)
  if (before) return before
  const { terms } = await termsOf(app.database, call.id, call.publishedRevision)
  const made = toCheck(app.programmes, call, terms)
  known.set(key, made)
  if (known.size > mostKept) known.delete(known.keys().next().value!)
  return made
}

function toCheck(programmes: Programmes, { code, edition }: StoredCall, terms: CallTerms): CallToCheck {
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
