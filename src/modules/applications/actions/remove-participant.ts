import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { partnerHeldByCoordinator } from '../consortium/held.server.ts'
import { lastAddressOf } from '../consortium/invitations-store.server.ts'
import { writeTakenOut } from '../consortium/letters.server.ts'
import { endParticipant } from '../consortium/participants-store.server.ts'
import { peopleOf } from '../consortium/people-of.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** The coordinator's people. */
export const permission: Permission = ['member']

const mostReason = 1000 // not of a guide: characters

const schema = z.object({ reason: optionalParagraphs(mostReason) })

/** Takes a partner out of a draft, and tells it so. Its own words stay readable for the coordinator. */
export async function removeParticipant(
  app: { database: Database },
  caller: Caller,
  application: string,
  { participant, given }: { participant: string; given: unknown }
): Promise<{ removed: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await partnerHeldByCoordinator(transaction, caller, application, participant)
    if (isRefused(held)) return held
    const { outline, partner } = held
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { reason } = read.data
    const mailed = await lastAddressOf(transaction, partner.id)
    const people = partner.organisation === null ? [] : await peopleOf(transaction, partner.organisation)
    await endParticipant(transaction, partner, { reason, by: caller.person })
    await outlineChanged(transaction, outline.id)
    const to = people.length > 0 ? people : mailed ? [mailed] : []
    await writeTakenOut(transaction, to, { outline, partner: partner.name, reason })
    await record(transaction, {
      act: 'applications.participant-removed',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        participant: partner.id,
        organisation: partner.organisation,
        name: partner.name,
        reason: reason ?? null
      }
    })
    return { removed: partner.id }
  })
}
