import type { Temporal } from 'temporal-polyfill'
import type { CallToCheck, Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, may, refusalFor } from '#shared/identity/index.ts'
import type { CallBody } from './bodies.server.ts'
import { callForCheck, callInTerms } from './check-call.server.ts'
import { type FacetCounts, type ListedCall, countFacets, find } from './catalogue.ts'
import type { CallFilter } from './filter.ts'
import { type CorrigendumSaid, sayCorrigendum } from './corrigendum-said.server.ts'
import { couldTakePart, listedCalls } from './listed-calls.server.ts'
import { type CallAtDesk, type CallOnList, callsAtDesk, deskOf, deskPermission } from './desk-view.server.ts'
import { readersOf } from './documents.server.ts'
import { ofTheBody } from './permissions.ts'
import { type CallShown, type Holding as ShowHolding, shownCall } from './shown-call.server.ts'
import { type CallTaking, callThatTakes } from './call-taking.server.ts'
import { callsClosing, findCall } from './store.server.ts'
import { type WatchShown, shownWatchesOf, shownWatchOf } from './watch-view.server.ts'
import { type YearBudget, budgetOfYear } from './year-budget.server.ts'
import type { MoneyUnder } from './year-plan.ts'
import { type Watch, watchesOfPerson } from './watches-store.server.ts'

export const permissions = {
  callToCheck: 'public',
  // Terms that were published once, by whoever was given their id.
  callUnderTerms: 'public',
  callTaking: 'public',
  callsThatClose: 'public',
  corrigendumInWords: 'public',
  // Those of published calls; of drafts only to officers of the body.
  mayReadDocument: 'public',
  listCalls: 'public',
  showCall: 'public',
  // One's own only: who is not signed in follows nothing.
  watchOf: 'public',
  // Whoever has the key was sent it.
  watchOfKey: 'public',
  myWatches: ['person'],
  yearBudget: 'public',
  callAtDesk: deskPermission,
  deskCalls: ofTheBody
} as const

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

export type CallList = {
  calls: ListedCall[]
  counts: FacetCounts
  bodies: ReadonlyMap<string, CallBody>
  /** The moment of the answer, by the database's clock. */
  now: Temporal.Instant
}

/** The public calls that fit, with counts of what each facet would give. */
export async function listCalls(app: Holding, filter: CallFilter): Promise<CallList> {
  const { calls, bodies, now } = await listedCalls(app)
  const asking = { now, couldTakePart: couldTakePart(app.programmes) }
  return { calls: find(calls, filter, asking), counts: countFacets(calls, filter, asking), bodies, now }
}

/** What a published corrigendum says, in words; undefined where there is none. @param asked.call the id of the call */
export async function corrigendumInWords(
  app: Holding,
  asked: { call: string; number: number }
): Promise<CorrigendumSaid | undefined> {
  return sayCorrigendum(app, asked)
}

/** A published call with everything of the guide that belongs to it; undefined where there is none. */
export async function showCall(app: ShowHolding, code: string): Promise<CallShown | undefined> {
  return shownCall(app, code)
}

/** That the caller follows a call with their account; undefined when they do not. */
export async function watchOf(
  app: { database: Database },
  caller: Caller,
  code: string
): Promise<Watch | undefined> {
  if (!isSignedIn(caller)) return undefined
  const [call, watches] = await Promise.all([
    findCall(app.database, code),
    watchesOfPerson(app.database, caller.person)
  ])
  return watches.find((watch) => 'call' in watch && watch.call === call?.id)
}

/** What the key in a mail stands for; undefined when it was stopped. */
export async function watchOfKey(app: { database: Database }, key: string): Promise<WatchShown | undefined> {
  return shownWatchOf(app.database, key)
}

/** Everything that the caller follows with their account. */
export async function myWatches(
  app: { database: Database },
  caller: Caller
): Promise<WatchShown[] | Refused> {
  const no = refusalFor(caller, permissions.myWatches)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return shownWatchesOf(app.database, caller.person)
}

/** The desk of a call: for officers of its body, and for whoever is its second officer. */
export async function callAtDesk(app: Holding, caller: Caller, code: string): Promise<CallAtDesk | Refused> {
  return deskOf(app, caller, code)
}

/** All calls of the body that an officer acts for, drafts included. */
export async function deskCalls(app: Holding, caller: Caller): Promise<CallOnList[] | Refused> {
  return callsAtDesk(app, caller)
}

/** The programme as a published call applies it, for the check of `programmes`; undefined where there is no such call. */
export async function callToCheck(
  app: { database: Database; programmes: Programmes },
  code: string
): Promise<CallToCheck | undefined> {
  return callForCheck(app, code)
}

/**
 * The programme as a call applies it in one revision of its terms, by the id of that (`CallTaking.terms`). What a
 * revision says never changes, so it is read and compiled once. Throws where there is no such revision.
 */
export async function callUnderTerms(
  app: { database: Database; programmes: Programmes },
  terms: string
): Promise<CallToCheck> {
  return callInTerms(app, terms)
}

/** What an application needs to know of its call; undefined where it was never published. */
export async function callTaking(app: { database: Database }, code: string): Promise<CallTaking | undefined> {
  return callThatTakes(app.database, code)
}

/** The money of a year: what the Commission set, what calls offer, what was awarded and committed. */
export async function yearBudget(
  app: Holding & { moneyUnder: MoneyUnder },
  edition: number
): Promise<YearBudget> {
  return budgetOfYear(app, edition)
}

/** Whether the caller may have a document of a call, and whether everybody may. */
export async function mayReadDocument(
  app: { database: Database },
  caller: Caller,
  file: string
): Promise<'everybody' | 'officer' | 'no'> {
  const { everybody, bodies } = await readersOf(app.database, file)
  if (everybody) return 'everybody'
  return bodies.length > 0 && may(caller, ofTheBody, { body: bodies }) ? 'officer' : 'no'
}

/** Published calls that close within a time, both ends included: their codes, and when each closes. */
export async function callsThatClose(
  app: { database: Database },
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant }
): Promise<{ code: string; closesAt: Temporal.Instant }[]> {
  return callsClosing(app.database, from, until)
}
