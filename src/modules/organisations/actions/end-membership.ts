import { z } from 'zod'
import { endRole } from '#server/people'
import { record } from '#shared/audit/index.ts'
import { announce } from '#shared/events/index.ts'
import { optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { writeOutcome } from '../members/letters.server.ts'
import { membersOf } from '../members/members-store.server.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import { holdRecord } from '../record/record-store.server.ts'

/** Who may sign for the organisation; where somebody misuses it, officers. */
export const permission: Permission = ['representative', 'officer', 'administrator']

const schema = z.object({ reason: optionalParagraphs(2000) })

/** Ends somebody's role in an organisation. Who does it from outside says why, and the person is told. */
export async function endMembership(
  app: Holding,
  caller: Caller,
  organisation: string,
  { role, given }: { role: string; given: unknown }
): Promise<{ ended: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const head = await transaction
      .selectFrom('organisations.organisation')
      .select('country')
      .where('id', '=', organisation)
      .executeTakeFirst()
    const body = head && (await bodiesAbout({ ...app, database: transaction }, caller, head.country))
    const no = refusalFor(caller, permission, { organisation, body })
    if (no) return no
    if (!(await holdRecord(transaction, organisation))) return refused('not-found')
    const member = (await membersOf(transaction, organisation)).find((one) => one.role === role)
    if (!member) return refused('not-found')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { reason } = read.data
    if (caller.acting?.role !== 'representative' && reason === undefined)
      return invalid('reason', 'organisations.problem.evidence')
    await endRole(transaction, role)
    const left = new Set((await membersOf(transaction, organisation)).map(({ person }) => person)).size
    const to = { email: member.email, language: member.language, person: member.person }
    await writeOutcome(transaction, to, { organisation, what: 'ended', answer: reason })
    await record(transaction, {
      act: 'organisations.membership-ended',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { role, as: member.as, person: member.person, reason: reason ?? null },
      about: [member.person]
    })
    await announce(transaction, 'organisations.left', { organisation, person: member.person, left })
    return { ended: role }
  })
}
