import { randomUUID } from 'node:crypto'
import { type Recording, record } from '#shared/audit/index.ts'
import { type Database, together } from '#shared/database/index.ts'
import { announceAll } from '#shared/events/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { actorOf } from '#shared/identity/index.ts'
import { type Acceptable, type Numbered, chainOf, freeze, numberAtCommit } from './acceptance-store.server.ts'
import type { Accepted, Accepting, AskedToSubmit, AtHand } from './asked.ts'
import { allAtHand } from './at-hand.server.ts'
import { decideChecked, decideUnchecked } from './decide.server.ts'
import type { Submission } from './submission.ts'
import './events.ts'

// Somebody may write while it is checked; then it is checked again.
const mostTries = 5

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
    const tries = new Map<AskedToSubmit, number>()
    let open = all.map(({ asked }) => asked)
    while (open.length > 0) {
      const { settled, changed } = await acceptNow(app, open)
      for (const [asked, outcome] of settled) outcomes.set(asked, outcome)
      for (const asked of changed) {
        tries.set(asked, (tries.get(asked) ?? 0) + 1)
        if (tries.get(asked) === mostTries) outcomes.set(asked, refused('changed'))
      }
      open = open.filter((asked) => !outcomes.has(asked))
    }
    return all.map(({ asked }) => outcomes.get(asked)!)
  }
})

type Round = {
  settled: Map<AskedToSubmit, Accepted | Refused>
  /** What was checked and had been changed before it could be frozen. */
  changed: AskedToSubmit[]
}

/** Who may not hand in is told so and is in nobody's way; of the others one for each application is checked. */
async function acceptNow(app: Accepting, asked: readonly AskedToSubmit[]): Promise<Round> {
  const settled: Round['settled'] = new Map()
  const atHand = await allAtHand(app, asked)
  for (const one of asked) {
    const decision = decideUnchecked(app, one, atHand.get(one))
    if (decision) settled.set(one, decision)
  }
  const checked = firstOfEach(
    asked.flatMap((one) => (settled.has(one) ? [] : [[one, atHand.get(one)!] as const]))
  )
  const ready = new Map<AskedToSubmit, Acceptable>()
  for (const [one, decision] of await decideChecked(app, checked)) {
    if ('acceptable' in decision) ready.set(one, { ...decision.acceptable, submission: randomUUID() })
    else settled.set(one, decision)
  }
  if (ready.size > 0) {
    for (const [one, accepted] of await putOnRecord(app.database, ready)) settled.set(one, accepted)
  }
  return { settled, changed: [...ready.keys()].filter((one) => !settled.has(one)) }
}

/** Of each application the first that asks: whoever pressed twice in one moment finds the first one done. */
function firstOfEach(all: readonly (readonly [AskedToSubmit, AtHand])[]) {
  return [...new Map(all.toReversed().map((one) => [one[1].outline.id, one])).values()].toReversed()
}

/**
 * One transaction: content frozen, state changed, event announced; and, together with its commit, the audit entries,
 * whose places in the chain of the call are the numbers, and the submissions themselves.
 */
export async function putOnRecord(
  database: Database,
  ready: ReadonlyMap<AskedToSubmit, Acceptable>
): Promise<Map<AskedToSubmit, Accepted>> {
  const recorded = await database.transaction().execute(async (transaction) => {
    const frozen = await freeze(transaction, [...ready.values()])
    const own = [...ready].filter(([, { application }]) => frozen.has(application))
    await announceAll(
      transaction,
      'applications.submitted',
      own.map(([, { application, submission, call }]) => ({ application, submission, call }))
    )
    const recordings = new Map<AskedToSubmit, { recording: Recording; numbered: () => Numbered }>()
    for (const [asked, acceptable] of own) {
      const recording = await record(transaction, {
        act: 'applications.submitted',
        by: actorOf(asked.caller),
        subject: chainOf(acceptable.call),
        payload: acceptable.payload
      })
      recordings.set(asked, { recording, numbered: await numberAtCommit(transaction, acceptable) })
    }
    return recordings
  })
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
