import { randomUUID } from 'node:crypto'
import { type Recording, record } from '#shared/audit/index.ts'
import { type Database, together } from '#shared/database/index.ts'
import { announceAll } from '#shared/events/index.ts'
import type { Refused } from '#shared/forms/refused.ts'
import { actorOf } from '#shared/identity/index.ts'
import { type Acceptable, type Numbered, chainOf, freeze, numberAtCommit } from './acceptance-store.server.ts'
import { lockOutline } from '../outline.server.ts'
import type { Accepted, Accepting, AskedToSubmit, Circumstances } from './asked.ts'
import { allCircumstances } from './circumstances.server.ts'
import { decideContents, decideUnchecked } from './decide.server.ts'
import { forgetLook } from './last-look.server.ts'
import type { Submission } from './submission.ts'
import './events.ts'

// Somebody may write while it is checked; then it is checked again, and at last while nobody can.
const freeTries = 2

type Asked = { app: Accepting; asked: AskedToSubmit }

/**
 * Puts an application on record. Those that come while others are being put on record wait for these and then go
 * together, in one transaction: the disk is waited for once, and under one call nobody queues for the next number.
 * Each is decided by itself, and what is wrong with one keeps no other from being on record.
 */
export function accept(app: Accepting, asked: AskedToSubmit): Promise<Accepted | Refused> {
  return acceptTogether(app.database, { app, asked })
}

const acceptTogether = together<Asked, Accepted | Refused>({
  lanes: 2,
  most: 64,
  apart: 25,
  work: async (database, all) => {
    const app = { ...all[0]!.app, database }
    const outcomes = new Map<AskedToSubmit, Accepted | Refused>()
    const changed = new Map<AskedToSubmit, number>()
    let open = all.map(({ asked }) => asked)
    while (open.length > 0) {
      for (const [asked, outcome] of await acceptNow(app, open)) outcomes.set(asked, outcome)
      open = open.filter((asked) => !outcomes.has(asked))
      for (const asked of open) changed.set(asked, (changed.get(asked) ?? 0) + 1)
      for (const asked of open.filter((one) => changed.get(one) === freeTries))
        outcomes.set(asked, await acceptHeld(app, asked))
      open = open.filter((asked) => !outcomes.has(asked))
    }
    return all.map(({ asked }) => outcomes.get(asked)!)
  }
})

type Outcomes = Map<AskedToSubmit, Accepted | Refused>

/** What can be settled now: what was changed after it was looked at, and before it could be frozen, is left out. */
async function acceptNow(app: Accepting, asked: readonly AskedToSubmit[]): Promise<Outcomes> {
  const { settled, ready } = await decideAll(app, asked, 'lately')
  const accepted = ready.size > 0 ? await putOnRecord(app.database, ready) : []
  for (const { application } of ready.values()) forgetLook(app.programmes, application)
  return new Map<AskedToSubmit, Accepted | Refused>([...settled, ...accepted])
}

/** Checks and freezes in one transaction that holds the application: whoever saves meanwhile waits, and is too late. */
async function acceptHeld(app: Accepting, asked: AskedToSubmit): Promise<Accepted | Refused> {
  const { settled, recorded, ready } = await app.database.transaction().execute(async (transaction) => {
    await lockOutline(transaction, asked.application)
    const decided = await decideAll({ ...app, database: transaction }, [asked], 'anew')
    return { ...decided, recorded: await writeDown(transaction, decided.ready) }
  })
  const outcome = settled.get(asked) ?? onRecord(recorded, ready).get(asked)
  if (!outcome) throw new Error(`${asked.application} was changed while it was held.`)
  return outcome
}

type Ready = ReadonlyMap<AskedToSubmit, Acceptable>

/** Who may not hand in is told so and is in nobody's way; of the others one for each application is looked at. */
async function decideAll(app: Accepting, asked: readonly AskedToSubmit[], looking: 'lately' | 'anew') {
  const settled: Outcomes = new Map()
  const around = await allCircumstances(app, asked)
  for (const one of asked) {
    const decision = decideUnchecked(app, one, around.get(one))
    if (decision) settled.set(one, decision)
  }
  const open = firstOfEach(
    asked.flatMap((one) => (settled.has(one) ? [] : [[one, around.get(one)!] as const]))
  )
  const ready = new Map<AskedToSubmit, Acceptable>()
  for (const [one, decision] of await decideContents(app, open, looking)) {
    if ('acceptable' in decision) ready.set(one, { ...decision.acceptable, submission: randomUUID() })
    else settled.set(one, decision)
  }
  return { settled, ready }
}

/** Of each application the first that asks: whoever pressed twice in one moment finds the first one done. */
function firstOfEach(all: readonly (readonly [AskedToSubmit, Circumstances])[]) {
  return [...new Map(all.toReversed().map((one) => [one[1].outline.id, one])).values()].toReversed()
}

/** Puts on record, in a transaction of its own, what is still as it was checked. */
export async function putOnRecord(database: Database, ready: Ready): Promise<Map<AskedToSubmit, Accepted>> {
  const recorded = await database.transaction().execute((transaction) => writeDown(transaction, ready))
  return onRecord(recorded, ready)
}

type Recorded = ReadonlyMap<AskedToSubmit, { recording: Recording; numbered: () => Numbered }>

/**
 * In one transaction: content frozen, state changed, event announced; and, together with its commit, the audit entries,
 * whose places in the chain of the call are the numbers, and the submissions themselves.
 */
async function writeDown(transaction: Database, ready: Ready): Promise<Recorded> {
  const frozen = await freeze(transaction, [...ready.values()])
  const own = [...ready].filter(([, { application }]) => frozen.has(application))
  await announceAll(
    transaction,
    'applications.submitted',
    own.map(([, { application, submission, call }]) => ({ application, submission, call }))
  )
  const recorded = new Map<AskedToSubmit, { recording: Recording; numbered: () => Numbered }>()
  for (const [asked, acceptable] of own) {
    const recording = await record(transaction, {
      act: 'applications.submitted',
      by: actorOf(asked.caller),
      subject: chainOf(acceptable.call),
      payload: acceptable.payload
    })
    recorded.set(asked, { recording, numbered: await numberAtCommit(transaction, acceptable) })
  }
  return recorded
}

/** What became of it, once the transaction is committed. */
function onRecord(recorded: Recorded, ready: Ready): Map<AskedToSubmit, Accepted> {
  return new Map(
    [...recorded].map(([asked, { recording, numbered }]) => [
      asked,
      { submission: submissionFrom(ready.get(asked)!, numbered()), entry: recording.entry() }
    ])
  )
}

function submissionFrom(acceptable: Acceptable, { number, acceptedAt, entry }: Numbered): Submission {
  const { submission: id, application, call, received, hash, by } = acceptable
  return {
    ...{ id, application, call, number, hash, by, acceptedAt, entry },
    state: 'counts',
    receivedAt: received.at,
    clockError: received.error
  }
}
