import { type Temporal } from 'temporal-polyfill'
import { fold } from '#modules/programmes'
import { partIn, type Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { bodyOf } from './bodies.server.ts'
import type { CouldTakePart, ListedCall } from './catalogue.ts'
import { type PublicState, stateOf } from './life.ts'
import { publishedCalls, type StoredCall } from './store.server.ts'

/** Every call that everybody may see, as lists show it, and the moment at which it was asked. */
export async function listedCalls(app: {
  database: Database
}): Promise<{ calls: ListedCall[]; now: Temporal.Instant }> {
  const [stored, now] = await Promise.all([publishedCalls(app.database), databaseNow(app.database)])
  return { calls: stored.map((call) => toListed(call, now)), now }
}

/** A published call as lists show it. */
export function toListed(call: StoredCall, now: Temporal.Instant): ListedCall {
  const { id, code, body, edition, kind, period, card, publishedAt, changedAt, corrigenda } = call
  if (!period || !card || !publishedAt) throw new Error(`${code} was never published`)
  const { country, names, short } = bodyOf(body)
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
    bodyWords: fold(`${short} ${names.en} ${names.lv}`),
    publishedAt,
    changedAt,
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
