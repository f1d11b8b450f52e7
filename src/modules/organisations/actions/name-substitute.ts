import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { grantRole, rolesToCome } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { day } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { beginningOf, endOf } from '../members/days.ts'
import { writeOutcome } from '../members/letters.server.ts'
import { membersOf } from '../members/members-store.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Who may sign names who signs in their place. */
export const permission: Permission = ['representative']

const schema = z.object({
  /** A colleague: people.person. */
  person: z.uuid('form.not-offered'),
  from: day(),
  until: day()
})

/** Has a colleague sign for the organisation in one's place, from one day to another; it ends with one's own role. */
export async function nameSubstitute(
  app: { database: Database; clock: () => Temporal.Instant },
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<{ role: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { person, from, until } = read.data
  if (until < from) return invalid('until', 'organisations.problem.until-before')
  const over = Temporal.Instant.from(endOf(until))
  if (Temporal.Instant.compare(over, app.clock()) <= 0)
    return invalid('until', 'organisations.problem.until-past')
  return app.database.transaction().execute(async (transaction) => {
    if (!(await holdRecord(transaction, organisation))) return refused('not-found')
    const there = await membersOf(transaction, organisation)
    const own = there.find((member) => member.role === caller.acting?.id)
    const colleague = there.find((member) => member.person === person)
    if (!own) return refused('not-allowed')
    // Somebody who stands in does not hand it on, and nobody stands in for themselves.
    if (own.insteadOf !== null) return refused('not-allowed')
    if (!colleague || person === caller.person) return invalid('person', 'form.not-offered')
    if (
      there.some(
        (member) => member.person === person && member.as === 'representative' && member.until === null
      )
    )
      return invalid('person', 'organisations.problem.signs-already')
    const to = { from: Temporal.Instant.from(beginningOf(from)), until: over }
    const planned = [...there, ...(await rolesToCome(transaction, organisation))]
    if (planned.some((one) => one.person === person && one.insteadOf === own.role && meet(one, to)))
      return invalid('from', 'organisations.problem.substitute-already')
    const role = await grantRole(
      transaction,
      person,
      { role: 'representative', organisation },
      { ...to, insteadOf: own.role }
    )
    const letter = { email: colleague.email, language: colleague.language, person }
    await writeOutcome(transaction, letter, { organisation, what: 'substitute' })
    await record(transaction, {
      act: 'organisations.substitute-named',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { role, person, from, until, insteadOf: own.role },
      about: [person, caller.person]
    })
    return { role }
  })
}

type Period = { from: Temporal.Instant; until: Temporal.Instant | null }

function meet(one: Period, other: Period): boolean {
  const before = (a: Temporal.Instant, b: Temporal.Instant | null) =>
    b === null || Temporal.Instant.compare(a, b) < 0
  return before(one.from, other.until) && before(other.from, one.until)
}
