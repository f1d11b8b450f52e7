import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Problem } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { aroundOf } from './around.server.ts'
import type { Desk } from './at-desk.server.ts'
import { bodyOf } from './bodies.server.ts'
import type { CallTerms } from './call.ts'
import { problemsOfCorrection, problemsOfFirst } from './correct.ts'
import { type PreparedCorrigendum, openCorrigendum } from './corrigenda-store.server.ts'
import { type CallState, stateOf } from './life.ts'
import { problemsOf } from './readiness.ts'
import { type StoredCall, termsOf } from './store.server.ts'

/** What would be published next: a draft, or a corrigendum of a published call. */
export type Reviewed = {
  terms: CallTerms
  /** What everybody sees now; undefined for a draft. */
  published: CallTerms | undefined
  corrigendum: PreparedCorrigendum | undefined
  /** It lies with the second officer. */
  sent: boolean
  /** What has to be settled before it can be published. */
  problems: Problem[]
}

/** Where a call stands now, by the database's clock. */
export async function stateNow(database: Database, call: StoredCall): Promise<CallState> {
  return stateOf(call.stage, call.period, await databaseNow(database))
}

/** Gathers what would be published next, and what is in the way. */
export async function reviewed(app: Desk, database: Database, call: StoredCall): Promise<Reviewed> {
  const now = await databaseNow(database)
  const corrigendum = call.publishedRevision === null ? undefined : await openCorrigendum(database, call.id)
  const { terms } = await termsOf(database, call.id, call.revision)
  const published =
    call.publishedRevision === null
      ? undefined
      : (await termsOf(database, call.id, call.publishedRevision)).terms
  const body = await bodyOf({ ...app, database }, call.body)
  const problems = problemsOf(terms, aroundOf(app, call, body, terms))
  return {
    terms,
    published,
    corrigendum,
    sent: corrigendum ? corrigendum.sentAt !== null : call.stage === 'in-review',
    problems: problems.length > 0 ? problems : laterProblems({ call, published, corrigendum, terms, now })
  }
}

type Judged = {
  call: StoredCall
  published: CallTerms | undefined
  corrigendum: PreparedCorrigendum | undefined
  terms: CallTerms
  now: Temporal.Instant
}

/** What may be published is also a question of the time: of a deadline that passed, of a call that is open. */
function laterProblems({ call, published, corrigendum, terms, now }: Judged): Problem[] {
  if (published && call.period) {
    return corrigendum ? problemsOfCorrection({ terms: published, period: call.period }, terms, now) : []
  }
  return problemsOfFirst(terms, now)
}
