import type { Temporal } from 'temporal-polyfill'
import type { ActionView, PriorityEntry, Programmes } from '#server/programmes'
import { listPriorities, readOwnRules } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type CallBody, bodyOf } from './bodies.server.ts'
import type { Call, CallTerms } from './call.ts'
import { type Effect, type DraftsUnder, effectsOf } from './correct.ts'
import { type Corrigendum, corrigendaOf } from './corrigenda-store.server.ts'
import { type Departure, departureOf } from './deadline-rules.ts'
import { guideOf, guideTimes } from './guide.server.ts'
import { type OpenFrom, type PublicState, stateOf } from './life.ts'
import { type StoredCall, findCall, termsOf } from './store.server.ts'

export type Holding = {
  database: Database
  programmes: Programmes
  clock: () => Temporal.Instant
  draftsUnder: DraftsUnder
}

/** A corrigendum as everybody reads it; who wrote and who published it stays with the body. */
export type ShownCorrigendum = Pick<Corrigendum, 'number' | 'reason' | 'publishedAt' | 'changes'> & {
  effects: Effect[]
}

/** What terms say, with everything of the guide that belongs to it. */
export type TermsInContext = {
  terms: CallTerms
  body: CallBody
  /** The guide about each opened action, in their order. */
  guide: ActionView[]
  /** How its deadline departs from the guide. */
  departure: Departure | undefined
  priorities: PriorityEntry[]
  /** Its own rules as sentences. */
  ownRules: { id: string; says: { en: string; lv: string } }[]
}

export type CallShown = Omit<Call, 'body'> &
  TermsInContext &
  OpenFrom & {
    state: PublicState
    publishedAt: Temporal.Instant
    changedAt: Temporal.Instant
    /** The newest first. */
    corrigenda: ShownCorrigendum[]
    drafts: number
    now: Temporal.Instant
  }

/** A published call, whole; undefined where there is none that everybody may see. */
export async function shownCall(app: Holding, code: string): Promise<CallShown | undefined> {
  const call = await findCall(app.database, code)
  if (!call || call.publishedRevision === null) return undefined
  const [{ terms }, corrigenda, now, { drafts }] = await Promise.all([
    termsOf(app.database, call.id, call.publishedRevision),
    corrigendaOf(app.database, call.id),
    databaseNow(app.database),
    app.draftsUnder(call.code)
  ])
  const { id, edition, kind, period, publishedAt, shownSince } = call
  return {
    id,
    code,
    edition,
    kind,
    ...period!,
    ...(await inContext(app, call, terms)),
    state: stateOf(call.stage, period, now) as PublicState,
    publishedAt: publishedAt!,
    changedAt: shownSince!,
    corrigenda: corrigenda.map(({ number, reason, publishedAt, changes }) => ({
      number,
      reason,
      publishedAt,
      changes,
      effects: effectsOf(changes)
    })),
    drafts,
    now
  }
}

/** Terms with what the guide says about them: the same for a published call and for the preview of a draft. */
export async function inContext(
  app: Omit<Holding, 'draftsUnder'>,
  { body: id, edition }: Pick<StoredCall, 'body' | 'edition'>,
  terms: CallTerms
): Promise<TermsInContext> {
  const body = await bodyOf(app, id)
  const chosen = new Set(terms.priorities)
  const own = readOwnRules(app.programmes, terms.rules, {
    edition,
    opened: terms.actions.map(({ action }) => action)
  })
  return {
    terms,
    body,
    guide: guideOf(app, edition, terms.actions),
    departure:
      terms.deadline === null
        ? undefined
        : departureOf(
            terms.deadline,
            terms.actions,
            body.kind,
            guideTimes(app, edition, terms.actions, body.kind)
          ),
    priorities: listPriorities(app, edition).filter((one) => chosen.has(one.id)),
    ownRules: 'rules' in own ? own.rules.map(({ id, says }) => ({ id, says })) : []
  }
}
