import { z } from 'zod'
import { personAt } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf, optional } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, type SignedIn, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { languages } from '#shared/texts/language.ts'
import type { Outline } from '../application.ts'
import { partnerHeldByCoordinator } from '../consortium/held.server.ts'
import { lastAddressOf, makeInvitation } from '../consortium/invitations-store.server.ts'
import { writeAsked, writeInvitation } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { mandateHolds, mandateStateOf } from '../consortium/mandate.ts'
import { mandatesIn } from '../consortium/mandates-store.server.ts'
import { peopleOf } from '../consortium/people-of.server.ts'

/** The coordinator's people. */
export const permission: Permission = ['member']

export const newInvitation = z.object({
  email: optional(emailAddress()).meta({ description: 'Left out: the one before.' }),
  language: optional(oneOf(languages))
})

/**
 * Asks a partner once more. Its people of the register are asked in their accounts; any other partner gets a new
 * link, to the address before or to another one, and the one before lets nobody in any more.
 */
export async function sendInvitationAgain(
  app: { database: Database },
  caller: Caller,
  application: string,
  { participant, given }: { participant: string; given: unknown }
): Promise<{ sent: 'account' | 'mail' } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await partnerHeldByCoordinator(transaction, caller, application, participant)
    if (isRefused(held)) return held
    const { outline, partner } = held
    const read = readInput(newInvitation, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const mandate = (await mandatesIn(transaction, outline.id)).get(partner.id)
    if (mandateHolds(mandateStateOf(partner.role, mandate)))
      return notNow('applications-consortium.problem.mandate-there')
    const people = partner.organisation === null ? [] : await peopleOf(transaction, partner.organisation)
    if (people.length > 0) {
      const tooOften = await countFor(transaction, [
        ['invite', caller.person],
        ['invite-address', partner.id]
      ])
      if (tooOften) return tooOften
      await writeAsked(transaction, people, { outline, partner: partner.name })
      await sent(transaction, caller, outline, { participant: partner.id, invitation: null })
      return { sent: 'account' }
    }
    const before = await lastAddressOf(transaction, partner.id)
    const email = read.data.email ?? before?.email
    if (email === undefined) return invalid('email', 'form.missing')
    const tooOften = await countFor(transaction, [
      ['invite', caller.person],
      ['invite-address', email.toLowerCase()]
    ])
    if (tooOften) return tooOften
    const known = await personAt(transaction, email)
    const language = read.data.language ?? before?.language ?? known?.language ?? 'en'
    const made = await makeInvitation(transaction, partner.id, { email, language, by: caller.person })
    await writeInvitation(
      transaction,
      { email, language, person: known?.id },
      { outline, partner: partner.name, secret: made.secret, expires: made.expiresAt }
    )
    await sent(transaction, caller, outline, { participant: partner.id, invitation: made.id })
    return { sent: 'mail' }
  })
}

async function sent(
  transaction: Database,
  caller: SignedIn,
  { id }: Outline,
  payload: { participant: string; invitation: string | null }
): Promise<void> {
  await record(transaction, {
    act: 'applications.invitation-sent-again',
    by: actorOf(caller),
    subject: { kind: 'application', id },
    payload
  })
}
