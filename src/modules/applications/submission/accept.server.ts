import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import { type RecordedEntry, type Recording, record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { actorOf, refusalFor } from '#shared/identity/index.ts'
import type { ServerClock } from '#shared/time/server-clock.ts'
import { accessOf } from '../access.ts'
import { coordinatorOf } from '../application.ts'
import { type Acceptable, chainOf, freeze, numberAtCommit } from './acceptance-store.server.ts'
import type { AskedToSubmit, AtHand } from './asked.ts'
import { allAtHand } from './at-hand.server.ts'
import { type Declaration, refusalOfDeclaration, sealedDeclaration } from './declaration.ts'
import { finalCheck } from './final-check.server.ts'
import { mayBeSubmitted, problemsOf } from './final-check.ts'
import { type SealedFrame, hashOf, manifestOf } from './manifest.ts'
import { type Received, type Submission, refusalByTime } from './submission.ts'
import './events.ts'

/** What acceptance needs of the app. */
export type Accepting = {
  database: Database
  programmes: Programmes
  serverClock: ServerClock
  log: Logger
}

/** What became of it: on record now, or before by the same form; `entry` only where it was recorded just now. */
export type Accepted = { submission: Submission; entry?: RecordedEntry }
export type Outcome = Accepted | Refused

export const ofTheCoordinator = ['representative'] as const

/** Hours within which whoever hands in must have proved who they are, by whatever way of signing in. */
export const provedWithinHours = 12

// As many as are put on record together at most; more only make those wait that came first.
const mostTogether = 64
// Somebody may write while it is checked; then it is checked again.
const mostTries = 5

type Waiting = {
  asked: AskedToSubmit
  tries: number
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Puts applications on record. Those that are handed in while others are being put on record wait for these, and are
 * then put on record together, in one transaction: the disk is waited for once, and under one call nobody queues for
 * the next number. Each is decided by itself.
 */
export function acceptance(app: Accepting): (asked: AskedToSubmit) => Promise<Outcome> {
  let waiting: Waiting[] = []
  let busy = false

  async function work(): Promise<void> {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      const together = firstOfEach(waiting)
      waiting = waiting.filter((one) => !together.includes(one))
      const again = await settle(app, together)
      waiting.push(...again)
    }
    busy = false
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, tries: 0, resolve, reject })
      void work()
    })
}

/** Of each application the first that asks: whoever pressed twice at once finds the other's done. */
function firstOfEach(waiting: readonly Waiting[]): Waiting[] {
  const seen = new Set<string>()
  const first = waiting.filter(({ asked: { application } }) => {
    if (seen.has(application)) return false
    return seen.add(application)
  })
  return first.slice(0, mostTogether)
}

/** @returns those that have to be looked at again, because they were changed meanwhile */
async function settle(app: Accepting, together: readonly Waiting[]): Promise<Waiting[]> {
  try {
    const { settled, changed } = await acceptAll(app, together)
    for (const [one, outcome] of settled) one.resolve(outcome)
    return changed.filter((one) => {
      one.tries++
      if (one.tries < mostTries) return true
      one.resolve(refused('changed'))
      return false
    })
  } catch (error) {
    if (together.length === 1) together[0]!.reject(error)
    // What is wrong with one keeps nobody else from being on record.
    else for (const one of together) await settle(app, [one]).then((again) => again.forEach(({ reject }) => reject(error)))
    return []
  }
}

type Ready = { waiting: Waiting; acceptable: Acceptable }

async function acceptAll(app: Accepting, together: readonly Waiting[]) {
  const settled = new Map<Waiting, Outcome>()
  const sent = performance.now()
  const atHand = await allAtHand(
    app.database,
    together.map(({ asked }) => asked)
  )
  const ready: Ready[] = []
  for (const waiting of together) {
    const outcome = await decide(app, waiting.asked, atHand.get(waiting.asked))
    if ('acceptable' in outcome) ready.push({ waiting, acceptable: outcome.acceptable })
    else settled.set(waiting, outcome)
  }
  void sent
  const accepted = ready.length > 0 ? await putOnRecord(app, ready) : new Map<Waiting, Accepted>()
  for (const [waiting, outcome] of accepted) settled.set(waiting, outcome)
  const changed = ready.map(({ waiting }) => waiting).filter((waiting) => !accepted.has(waiting))
  return { settled, changed }
}

/** Whether one may be put on record as it stands: a pure decision but for the check, which reads. */
async function decide(
  app: Accepting,
  asked: AskedToSubmit,
  atHand: AtHand | undefined
): Promise<Outcome | { acceptable: Acceptable }> {
  if (!atHand) return refused('not-found')
  const { outline, call, before } = atHand
  const no = refusalOfCaller(asked, atHand)
  if (no) return no
  if (before) return { submission: before }
  const received = receivedAt(app.serverClock, asked)
  const byTime = refusalByTime(outline.state, call, received)
  if (byTime) return byTime
  const declaration = agreedDeclaration(asked, atHand)
  if (isRefused(declaration)) return declaration
  const findings = await finalCheck(app, atHand)
  if (!mayBeSubmitted(findings)) return refused('invalid', { problems: problemsOf(findings) })
  return { acceptable: acceptableOf(asked, atHand, received, declaration) }
}
