import { type CallTaking, callTaking } from '#server/calls'
import type { Database } from '#shared/database/index.ts'
import type { LocalMoment } from '#shared/time/local-moment.ts'
import {
  type ListedAttempt,
  type ListedSubmission,
  attemptsUnder,
  countUnder,
  submissionsUnder,
  underWay,
  watchesAround
} from './desk-store.server.ts'
import { type Harmed, type Span, harmedOf, outagesBefore, proposedExtension } from './late-claims.ts'

/** What officers of the call's body see of its applications. */
export type CallDesk = {
  call: CallTaking
  counts: Awaited<ReturnType<typeof countUnder>>
  submissions: ListedSubmission[]
  late: LateClaims
}

/** What is known of everybody who was kept from handing in, or says so. */
export type LateClaims = {
  /** When no server was there in the last day before the deadline. */
  outages: Span[]
  harmed: (Harmed & { code: string })[]
  /** What this system knows, and what people claim afterwards: apart. */
  attempts: ListedAttempt[]
  claims: ListedAttempt[]
  proposed: LocalMoment | undefined
}

/** The applications of a call, for its officers. */
export async function deskOf(database: Database, code: string): Promise<CallDesk | undefined> {
  const call = await callTaking({ database }, code)
  if (!call) return undefined
  const [counts, submissions, late] = await Promise.all([
    countUnder(database, code),
    submissionsUnder(database, code),
    lateClaims(database, call)
  ])
  return { call, counts, submissions, late }
}

async function lateClaims(database: Database, call: CallTaking): Promise<LateClaims> {
  const { closesAt } = call
  const around = { from: closesAt.subtract({ hours: 48 }), until: closesAt.add({ hours: 1 }) }
  const [all, watches] = await Promise.all([
    attemptsUnder(database, call.code),
    watchesAround(database, around)
  ])
  // While it is open, what is still ahead is no outage.
  const outages = call.state === 'open' ? [] : outagesBefore(watches, call)
  const attempts = all.filter(({ knownBy }) => knownBy === 'system')
  const failed = attempts.some(({ outcome }) => outcome === 'failed')
  const applications = failed || outages.length > 0 ? await underWay(database, call.code) : []
  const named = new Map(applications.map((one) => [one.application, one]))
  const harmed = harmedOf(applications, { attempts, outages, period: call }).map((one) => {
    return { ...one, code: named.get(one.application)!.code }
  })
  return {
    ...{ outages, harmed, attempts },
    claims: all.filter(({ knownBy }) => knownBy === 'claim'),
    proposed: call.state === 'open' ? undefined : proposedExtension(harmed, call, call.now)
  }
}
