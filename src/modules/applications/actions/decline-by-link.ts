import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { spendInvitation } from '../consortium/invitations-store.server.ts'
import { invitationToAnswer } from '../consortium/invited.server.ts'
import { writePartnerNews } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { digestOfLink } from '../consortium/link.server.ts'
import { endParticipant } from '../consortium/participants-store.server.ts'
import { answersInAccount, whoAsked } from '../consortium/people-of.server.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'

/** Whoever has the link: it was mailed to one address only. */
export const permission: Permission = 'public'

const mostReason = 1000 // not of a guide: characters

const schema = z.object({ reason: optionalParagraphs(mostReason) })

/** Says no by the link of a mail. The address is forgotten with it. */
export async function declineByLink(
  app: { database: Database },
  caller: Caller,
  secret: string,
  given: unknown
): Promise<{ title: string } | Refused> {
  const opened = await invitationToAnswer(app.database, secret)
  if (isRefused(opened)) return opened
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { reason } = read.data
  const tooOften = await countFor(app.database, [['mandate', digestOfLink(secret).toString('hex')]])
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, opened.outline.id)
    const partner = outline?.participants.find(({ id }) => id === opened.partner.id)
    if (!outline || !partner || outline.state !== 'draft')
      return notNow('applications-consortium.problem.link-over')
    if (await answersInAccount(transaction, caller, partner))
      return notNow('applications-consortium.problem.people-there')
    if (!(await spendInvitation(transaction, opened.invitation.id, 'declined')))
      return notNow('applications-consortium.problem.link-over')
    const asked = await whoAsked(transaction, outline, partner.id)
    // Whose mandate was rejected had agreed before it was asked once more.
    const news = partner.state === 'accepted' ? 'left' : 'declined'
    await endParticipant(transaction, partner, { reason, by: null })
    await outlineChanged(transaction, outline.id)
    await writePartnerNews(transaction, asked, { outline, partner: partner.name, news, reason })
    await record(transaction, {
      act: `applications.participant-${news}`,
      by: isSignedIn(caller) ? actorOf(caller) : { system: 'link mailed to the partner' },
      subject: { kind: 'application', id: outline.id },
      payload: { participant: partner.id, invitation: opened.invitation.id, reason: reason ?? null }
    })
    return { title: outline.title }
  })
}
