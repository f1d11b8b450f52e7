import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { heldBy } from '../consortium/held.server.ts'
import { writePartnerNews } from '../consortium/letters.server.ts'
import { endParticipant } from '../consortium/participants-store.server.ts'
import { whoAsked } from '../consortium/people-of.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** Who may sign for the partner says no for it, or takes it out again. */
export const permission: Permission = ['representative']

const mostReason = 1000 // not of a guide: characters

const schema = z.object({ reason: optionalParagraphs(mostReason) })

/**
 * Says no to an invitation, or leaves a consortium before the application is submitted. What the partner wrote in its
 * own part stays with it: nobody else signs it, and the coordinator can read it.
 */
export async function declineParticipation(
  app: { database: Database },
  caller: Caller,
  application: string,
  given: unknown
): Promise<{ news: 'declined' | 'left' } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await heldBy(transaction, caller, application, permission)
    if (isRefused(held)) return held
    const { outline, own } = held
    if (own.role === 'coordinator') return notNow('applications-consortium.problem.coordinator-stays')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { reason } = read.data
    const news = own.state === 'accepted' ? 'left' : 'declined'
    const asked = await whoAsked(transaction, outline, own.id)
    await endParticipant(transaction, own, { reason, by: caller.person })
    await outlineChanged(transaction, outline.id)
    await writePartnerNews(transaction, asked, { outline, partner: own.name, news, reason })
    await record(transaction, {
      act: `applications.participant-${news}`,
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { participant: own.id, organisation: own.organisation, name: own.name, reason: reason ?? null }
    })
    return { news }
  })
}
