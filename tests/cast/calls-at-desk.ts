import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { type DraftsUnder, type ToldAsWriters, noApplicationsYet, nobodyWritesYet } from '#server/calls'
import { type Programmes, loadProgrammes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { localMomentOf } from '#shared/time/index.ts'
import { type Cast, castOf, personActing } from './cast.ts'
import { withDatabase } from '../database.ts'
import { beginCall } from '../../src/modules/calls/actions/begin-call.ts'
import { publishCall } from '../../src/modules/calls/actions/publish-call.ts'
import { saveCall } from '../../src/modules/calls/actions/save-call.ts'
import { sendForReview } from '../../src/modules/calls/actions/send-for-review.ts'
import type { Desk } from '../../src/modules/calls/at-desk.server.ts'
import type { CallTerms } from '../../src/modules/calls/call.ts'
import { findCall, type StoredCall } from '../../src/modules/calls/store.server.ts'

let read: Programmes | undefined

/** The programme, read once for a file of tests. */
export function theProgrammes(): Programmes {
  return (read ??= loadProgrammes(join(import.meta.dirname, '../../programmes')))
}

export const body = 'lv-viaa'
export const edition = 2026

// Asked once for a file of tests, so that midnight does not come between a question and its answer.
const today = Temporal.Now.instant()

/** A day and an hour of Brussels, counted from today. */
export function ahead(days: number, hour = '12:00') {
  return { day: localMomentOf(today.add({ hours: 24 * days })).day, hour }
}

/** Everything that a call needs before it is reviewed; it opened yesterday. */
export function completeTerms(more: Partial<CallTerms> = {}): Partial<CallTerms> {
  return {
    title: { lv: 'Sadarbības partnerības skolām', en: 'Cooperation partnerships for schools' },
    text: { lv: 'Skolas strādā kopā.', en: 'Schools work together.' },
    actions: [{ action: 'cooperation-partnerships', fields: ['school'], round: 1 }],
    opens: ahead(-1, '09:00'),
    deadline: ahead(60),
    departure: 'Izmēģinājums ar citiem datumiem.',
    budget: { cents: 250_000_00, splits: [] },
    contact: { name: 'VIAA', email: 'info@example.org', phone: '', page: '' },
    ...more
  }
}

/** A body at work: Petra writes, Zane is the second officer, Sandra works for another body. */
export type DeskAtWork = Cast & {
  app: Desk & { draftsUnder: DraftsUnder; toldAsWriters: ToldAsWriters }
  database: Database
  /** Of the same database, for a second server. */
  address: string
  zane: Cast['petra']
  sandra: Cast['petra']
}

/** Gives a test a database with a body at work. */
export function atDesk<T>(work: (desk: DeskAtWork) => Promise<T>): Promise<T> {
  return withDatabase(async (database, address) => {
    const cast = await castOf(database, { body })
    const app = {
      database,
      programmes: theProgrammes(),
      clock: () => Temporal.Now.instant(),
      draftsUnder: noApplicationsYet,
      toldAsWriters: nobodyWritesYet
    }
    const zane = await personActing(database, { name: 'Zane Kalna', role: { role: 'officer', body } })
    const sandra = await personActing(database, {
      name: 'Sandra Peeters',
      language: 'en',
      role: { role: 'officer', body: 'eacea' }
    })
    return work({ ...cast, app, database, address, zane, sandra })
  })
}

/** What was asked for, where the test is about something else than its refusal. */
export function ok<Outcome extends object>(outcome: Outcome | Refused): Outcome {
  if (isRefused(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome)}`)
  return outcome
}

/** A call by its code. */
export async function callOf(database: Database, code: string): Promise<StoredCall> {
  const call = await findCall(database, code)
  if (!call) throw new Error(`No call ${code}`)
  return call
}

/** Petra begins a call and writes everything it needs. */
export async function draftCall(
  desk: Pick<DeskAtWork, 'app' | 'petra'>,
  more: Partial<CallTerms> = {}
): Promise<string> {
  const { app, petra } = desk
  const { code } = ok(await beginCall(app, petra, { body, edition, kind: 'proposals' }))
  ok(await saveCall(app, petra, code, { revision: 1, change: completeTerms(more) }))
  return code
}

/** Petra writes a call, and Zane publishes it. */
export async function publishedCall(
  desk: Pick<DeskAtWork, 'app' | 'petra' | 'zane'>,
  more: Partial<CallTerms> = {}
): Promise<string> {
  const { app, petra, zane } = desk
  const code = await draftCall(desk, more)
  ok(await sendForReview(app, petra, code, 2))
  ok(await publishCall(app, zane, code, 2))
  return code
}
