import type { Temporal } from 'temporal-polyfill'
import { fold } from '#modules/programmes'
import { partIn, type Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type CallBody, allBodies, bodyIn } from './bodies.server.ts'
import type { CouldTakePart, ListedCall } from './catalogue.ts'
import { type PublicState, stateOf } from './life.ts'
import { publishedCalls, type StoredCall } from './store.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

export type Listed = {
  calls: ListedCall[]
  bodies: ReadonlyMap<string, CallBody>
  /** By the database's clock. */
  now: Temporal.Instant
}

/** Every call that everybody may see, as lists show it, and the moment at which it was asked. */
export async function listedCalls(app: Holding): Promise<Listed> {
  const [stored, bodies, now] = await Promise.all([
    publishedCalls(app.database),
    allBodies(app),
    databaseNow(app.database)
  ])
  return { calls: stored.map((call) => toListed(call, bodyIn(bodies, call.body), now)), bodies, now }
}

/** A published call as lists show it. */
export function toListed(
  call: StoredCall,
  { country, names, short }: CallBody,
  now: Temporal.Instant
): ListedCall {
  const { id, code, body, edition, kind, period, card, publishedAt, shownSince, corrigenda } = call
  if (!period || !card || !publishedAt || !shownSince) throw new Error(`${code} was never published`)
  return {
    id,
    code,
    body,
    edition,
    kind,
    ...period,
    state: stateOf(call.stage, period, now) as PublicState,
    card,
    country,
    bodyWords: fold(`${short ?? ''} ${names.en} ${names.lv}`),
    publishedAt,
    changedAt: shownSince,
    corrigenda
  }
}

/** Asks the rules of each opened action whether an organisation could take part. A call without any is open to all. */
export function couldTakePart(programmes: Programmes): CouldTakePart {
  return ({ card, edition }, { from, type }) => {
    if (card.actions.length === 0) return true
    const asker = { ...(from && { country: from }), ...(type && { type }) }
    return card.actions.some(({ action }) => partIn(programmes, action, edition, asker) !== 'not')
  }
}
