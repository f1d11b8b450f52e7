import { grantRole } from '#server/people'
import { actorOf, type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Problem, type Refused, refused } from '#shared/forms/refused.ts'
import type { Programmes } from '#server/programmes'
import { type NearRecord, asEverybodyMayKnow, nearRecords } from '../duplicates/near-records.server.ts'
import { registeredJustNow } from '../duplicates/sent-twice.server.ts'
import { knownOf, problemsOfTaken } from '../duplicates/taken.server.ts'
import { countFor } from '../limits.server.ts'
import { createRecord } from '../record/record-store.server.ts'
import { registrationSchema, statementsOf } from '../record/registration.server.ts'

/** Anybody who is signed in may register the organisation they work for. */
export const permission: Permission = ['person']

/** An organisation that was registered, and the role in which its registrant now may act. */
export type Registered = { organisation: string; code: string; role: string }

/**
 * Registers an organisation; it gets its code, and the person who registers it becomes its representative. All that
 * is said is self-declared until somebody proves it. Sent twice, it is registered once.
 */
export async function registerOrganisation(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  given: unknown
): Promise<Registered | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(registrationSchema(app.programmes), given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const stated = statementsOf(read.data)
  return app.database.transaction().execute(async (transaction) => {
    const again = await registeredJustNow(transaction, caller.person, stated)
    if (again) return again
    const near = await nearRecords(transaction, knownOf(stated, read.data.country))
    const taken = takenElsewhere(near, read.data.seen)
    if (taken) return taken
    const tooOften = await countFor(transaction, 'register', caller.person)
    if (tooOften) return tooOften
    const { id, code } = await createRecord(
      transaction,
      stated.map((statement) => ({ ...statement, level: 'self-declared' })),
      { person: caller.person, source: 'organisation', act: 'registered' },
      []
    )
    const role = await grantRole(transaction, caller.person, { role: 'representative', organisation: id })
    await record(transaction, {
      act: 'organisations.registered',
      by: actorOf(caller),
      subject: { kind: 'organisation', id },
      payload: { code, name: read.data.name, country: read.data.country }
    })
    await announce(transaction, 'organisations.registered', { organisation: id })
    return { organisation: id, code, role }
  })
}

/**
 * An identifier that another organisation surely holds is not taken twice; who may be meant besides is asked once.
 * @param seen codes that the person was shown and said are others
 */
function takenElsewhere(near: readonly NearRecord[], seen: readonly string[]): Refused | undefined {
  const problems = problemsOfTaken(near)
  const known = near.flatMap(asEverybodyMayKnow)
  if (problems.length > 0) return refused('invalid', { problems, current: known })
  const asked = known.filter(({ code }) => !seen.includes(code))
  if (asked.length === 0) return undefined
  const problem: Problem = { field: 'name', key: 'organisations.near.some', args: { count: asked.length } }
  return refused('not-now', { problems: [problem], current: known })
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.registered': { organisation: string }
  }
}
