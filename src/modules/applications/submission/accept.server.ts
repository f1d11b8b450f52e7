import { randomUUID } from 'node:crypto'
import { type Recording, record } from '#shared/audit/index.ts'
import { type Database, together } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { actorOf } from '#shared/identity/index.ts'
import { type Acceptable, type Numbered, chainOf, freeze, numberAtCommit } from './acceptance-store.server.ts'
import type { Accepted, Accepting, AskedToSubmit } from './asked.ts'
import { allAtHand } from './at-hand.server.ts'
import { decideAll } from './decide.server.ts'
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
  work: async (database, all) => {
    const app = { ...all[0]!.app, database }
    const outcomes = new Map<AskedToSubmit, Accepted | Refused>()
    let open = all.map(({ asked }) => asked)
    for (let tries = 0; open.length > 0 && tries < mostTries; tries++) {
      for (const [asked, outcome] of await acceptNow(app, firstOfEach(open))) outcomes.set(asked, outcome)
      open = open.filter((asked) => !outcomes.has(asked))
    }
    return all.map(({ asked }) => outcomes.get(asked) ?? refused('changed'))
  }
})

/** Of each application the first that asks: whoever pressed twice in one moment finds the first one done. */
function firstOfEach(asked: readonly AskedToSubmit[]): AskedToSubmit[] {
  return [...new Map(asked.toReversed().map((one) => [one.application, one])).values()].toReversed()
}

/** @returns what became of each; one that was changed while it was checked is missing */
async function acceptNow(
  app: Accepting,
  asked: readonly AskedToSubmit[]
): Promise<Map<AskedToSubmit, Accepted | Refused>> {
  const outcomes = new Map<AskedToSubmit, Accepted | Refused>()
  const atHand = await allAtHand(app.database, asked)
  const ready = new Map<AskedToSubmit, Acceptable>()
  const decisions = await decideAll(
    app,
    asked.map((one) => [one, atHand.get(one)])
  )
  for (const [at, one] of asked.entries()) {
    const decision = decisions[at]!
    if ('acceptable' in decision) ready.set(one, { ...decision.acceptable, submission: randomUUID() })
    else outcomes.set(one, decision)
  }
  if (ready.size === 0) return outcomes
  for (const [one, accepted] of await putOnRecord(app.database, ready)) outcomes.set(one, accepted)
  return outcomes
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
    await Promise.all(
      own.map(([, { application, submission, call }]) =>
        announce(transaction, 'applications.submitted', { application, submission, call })
      )
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
