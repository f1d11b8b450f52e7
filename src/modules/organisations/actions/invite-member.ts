import { sql } from 'kysely'
import { z } from 'zod'
import { personAt, personOf } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf, optionalDay } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { countFor } from '../limits.server.ts'
import { writeInvitation } from '../members/letters.server.ts'
import { membersOf } from '../members/members-store.server.ts'
import { invitationDays, memberRoles } from '../members/membership.ts'
import { beginningOf, endOf } from '../members/days.ts'
import { languageFor } from '../members/languages.ts'
import { newLink } from '../members/link.server.ts'
import { holdRecord } from '../record/record-store.server.ts'
import '../organisations-tables.server.ts'

/** Members invite members; only who may sign invites somebody who may. */
export const permission: Permission = ['member']

const schema = z.object({
  email: emailAddress(),
  role: oneOf(memberRoles),
  from: optionalDay(),
  until: optionalDay()
})

/**
 * Invites somebody by mail to work for the organisation. Whoever opens the link in it while signed in gets the role;
 * that is proof enough that the mail reached them. Nobody learns whether the address has an account.
 */
export async function inviteMember(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<{ invitation: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email, role, from, until } = read.data
  if (role === 'representative') {
    const signs = refusalFor(caller, ['representative'], { organisation })
    if (signs) return signs
  }
  if (from !== undefined && until !== undefined && until < from)
    return invalid('until', 'organisations.problem.until-before')
  const tooOften = await countFor(app.database, 'invite', caller.person)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    if (!(await holdRecord(transaction, organisation))) return refused('not-found')
    const there = await membersOf(transaction, organisation)
    const same = email.toLowerCase()
    if (there.some((member) => member.email.toLowerCase() === same && member.as === role))
      return invalid('email', 'organisations.problem.member-already')
    // A new invitation takes the place of one that lies unanswered.
    await transaction
      .updateTable('organisations.invitation')
      .set({ withdrawn_at: sql`clock_timestamp()` })
      .where('organisation', '=', organisation)
      .where((where) => where(where.fn('lower', ['email']), '=', same))
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute()
    const { secret, digest } = newLink()
    const made = await transaction
      .insertInto('organisations.invitation')
      .values({
        organisation,
        email,
        role,
        role_from: from === undefined ? null : beginningOf(from),
        role_until: until === undefined ? null : endOf(until),
        secret_digest: digest,
        invited_by: caller.person,
        expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(invitationDays)})`
      })
      .returning(['id', 'expires_at'])
      .executeTakeFirstOrThrow()
    const known = await personAt(transaction, email)
    const inviter = await personOf(transaction, caller.person)
    await writeInvitation(
      transaction,
      { email, language: known?.language ?? languageFor(caller), person: known?.id },
      { organisation, role, by: inviter!.name, secret, expires: made.expires_at }
    )
    await record(transaction, {
      act: 'organisations.member-invited',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { invitation: made.id, email, role, from: from ?? null, until: until ?? null },
      ...(known && { about: [known.id] })
    })
    return { invitation: made.id }
  })
}
