import { z } from 'zod'
import type { Temporal } from 'temporal-polyfill'
import { personOf } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { oneOf, optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { giveMemberRole } from '../members/give-member-role.server.ts'
import { writeOutcome } from '../members/letters.server.ts'
import { type OpenRequest, closeRequest, holdRequest, membersOf } from '../members/members-store.server.ts'
import { type Deciders, memberMayDecide, officersMayDecide, whoDecides } from '../members/membership.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import '../organisations-tables.server.ts'

/** Those who are there; where nobody is, officers of the body that looks after the organisation. */
export const permission: Permission = ['member', 'officer', 'administrator']

const schema = z.object({ decision: oneOf(['accepted', 'declined']), answer: optionalParagraphs(2000) })

/**
 * Answers a request to join. An officer says on what evidence (`answer`), and so does whoever declines; both go to
 * the person and on record.
 */
export async function answerRequest(
  app: Holding & { clock: () => Temporal.Instant },
  caller: Caller,
  request: string,
  given: unknown
): Promise<{ decision: 'accepted' | 'declined'; organisation: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const open = await holdRequest(transaction, request)
    const head = open && (await headOf(transaction, open.organisation))
    if (!open || !head) return refused('not-found')
    const body = await bodiesAbout({ ...app, database: transaction }, caller, head.country)
    const no = refusalFor(caller, permission, { organisation: open.organisation, body })
    if (no) return no
    const there = await membersOf(transaction, open.organisation)
    const deciders = whoDecides(
      there.map(({ as }) => as),
      open.role
    )
    if (!mayAnswer(caller, open, deciders, app.clock())) return refused('not-allowed')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { decision, answer } = read.data
    const fromOutside = caller.acting?.role === 'officer' || caller.acting?.role === 'administrator'
    if (answer === undefined && (decision === 'declined' || fromOutside))
      return invalid(
        'answer',
        fromOutside ? 'organisations.problem.evidence' : 'organisations.problem.why-not'
      )
    await closeRequest(transaction, request, { decision, by: caller.person, answer })
    if (decision === 'accepted') {
      await giveMemberRole(transaction, open.person, open.organisation, open.role)
      await announce(transaction, 'organisations.joined', {
        organisation: open.organisation,
        person: open.person,
        as: open.role
      })
    }
    const asker = await personOf(transaction, open.person)
    if (asker) {
      const to = { email: asker.email, language: asker.language, person: asker.id }
      await writeOutcome(transaction, to, { organisation: open.organisation, what: decision, answer })
    }
    await record(transaction, {
      act: `organisations.join-${decision}`,
      by: actorOf(caller),
      subject: { kind: 'organisation', id: open.organisation },
      payload: { request, person: open.person, role: open.role, answer: answer ?? null },
      about: [open.person]
    })
    return { decision, organisation: open.organisation }
  })
}

async function headOf(database: Database, id: string) {
  return database
    .selectFrom('organisations.organisation')
    .select(['id', 'country'])
    .where('id', '=', id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
}

function mayAnswer(
  caller: SignedIn,
  request: OpenRequest,
  deciders: Deciders,
  now: Temporal.Instant
): boolean {
  // Nobody answers their own request.
  if (caller.person === request.person) return false
  const acting = caller.acting?.role
  return acting === 'member' || acting === 'representative'
    ? memberMayDecide(deciders, acting)
    : officersMayDecide(deciders, request.askedAt, now)
}
