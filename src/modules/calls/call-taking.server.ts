import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import type { CallKind, OpenedAction, Translated } from './call.ts'
import { type PublicState, stateOf } from './life.ts'
import { findCall, termsOf } from './store.server.ts'

/** A published call, as an application needs to know it. */
export type CallTaking = {
  id: string
  code: string
  body: string
  edition: number
  kind: CallKind
  title: Translated
  /** Names the terms that everybody sees now: a revision of the call. */
  terms: string
  actions: OpenedAction[]
  /** Ids of the programme's priorities that count here. */
  priorities: string[]
  /** In which applications may be written; none: any that the guide allows. */
  languages: string[]
  opensAt: Temporal.Instant
  closesAt: Temporal.Instant
  /** The zone in which the notice states the hour. */
  zone: string
  state: PublicState
  /** The moment of the answer, by the database's clock. */
  now: Temporal.Instant
}

/** A call that was published; undefined where there is none. */
export async function callThatTakes(database: Database, code: string): Promise<CallTaking | undefined> {
  const call = await findCall(database, code)
  if (!call || call.publishedRevision === null) return undefined
  const [{ id: revision, terms }, now] = await Promise.all([
    termsOf(database, call.id, call.publishedRevision),
    databaseNow(database)
  ])
  const { id, body, edition, kind, period, zone } = call
  const { title, actions, priorities, languages } = terms
  const state = stateOf(call.stage, period, now) as PublicState
  return {
    id,
    code,
    body,
    edition,
    kind,
    title,
    terms: revision,
    actions,
    priorities,
    languages,
    ...period!,
    zone,
    state,
    now
  }
}
