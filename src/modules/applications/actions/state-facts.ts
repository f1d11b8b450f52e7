import { z } from 'zod'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { optionalDay, optionalLine, optionalOneOf } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { heldBy } from '../consortium/held.server.ts'
import { speaksFor } from '../consortium/people-of.server.ts'
import { noteDetail } from '../consortium/participants-store.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** Each organisation's own people; the coordinator's for one that is in no register, or has nobody here. */
export const permission: Permission = ['member']

const most = 20

export const ownFacts = z.object({
  type: optionalLine(60).meta({ description: 'Of organisation-types.yaml, for one that is in no register.' }),
  establishedOn: optionalDay(),
  nonProfit: optionalOneOf(['yes', 'no']),
  europeanNgo: optionalOneOf(['yes', 'no']),
  functions: z
    .preprocess(
      (given) => (given === undefined || given === '' ? [] : [given].flat()),
      z.array(z.string()).max(most, 'form.too-large')
    )
    .meta({ description: 'Of parameters/organisation-types.yaml.' })
})

/**
 * Says of an organisation what the rules ask and no register knows: since when it exists, whether it makes profit,
 * what it does beyond its type. Left empty, it stays unknown in the check.
 */
export async function stateFacts(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  { participant, given }: { participant: string; given: unknown }
): Promise<{ participant: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await heldBy(transaction, caller, application)
    if (isRefused(held)) return held
    const { outline, own } = held
    const one = outline.participants.find(({ id }) => id === participant)
    if (!one) return refused('not-found')
    if (!(await speaksFor(transaction, own, one)))
      return refused(own.role === 'coordinator' ? 'not-allowed' : 'not-found')
    if (own.state !== 'accepted') return refused('not-allowed')
    const read = readInput(ownFacts, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { type, establishedOn, nonProfit, europeanNgo, functions } = read.data
    const today = (await databaseNow(transaction)).toString().slice(0, 10)
    if (establishedOn !== undefined && establishedOn > today)
      return invalid('establishedOn', 'applications-consortium.problem.founded-later')
    const { knowledge } = app.programmes
    if (type !== undefined && !knowledge.types.some(({ id }) => id === type))
      return invalid('type', 'form.not-offered')
    const known = new Set(knowledge.functions.map(({ id }) => id))
    if (functions.some((id) => !known.has(id))) return invalid('functions', 'form.not-offered')
    await noteDetail(transaction, one.id, {
      // What the register says of its type stands before what is said here.
      type: type ?? null,
      established_on: establishedOn ?? null,
      non_profit: nonProfit === undefined ? null : nonProfit === 'yes',
      european_ngo: europeanNgo === undefined ? null : europeanNgo === 'yes',
      functions,
      changed_by: caller.person
    })
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.facts-stated',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        participant: one.id,
        type: type ?? null,
        establishedOn: establishedOn ?? null,
        nonProfit: nonProfit ?? null,
        europeanNgo: europeanNgo ?? null,
        functions
      }
    })
    return { participant: one.id }
  })
}
