import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import type { Outline, Participant } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { type OpenInvitation, invitationOfLink } from './invitations-store.server.ts'
import { digestOfLink } from './link.server.ts'

/** What a mailed link leads to. */
export type Invited = { invitation: OpenInvitation; outline: Outline; partner: Participant }

/** What the link of a mail stands for; undefined when it is spent, withdrawn or over. */
export async function invitationBySecret(database: Database, secret: string): Promise<Invited | undefined> {
  const invitation = await invitationOfLink(database, digestOfLink(secret))
  const outline = invitation && (await findOutline(database, invitation.application))
  const partner = outline?.participants.find(({ id }) => id === invitation?.participant)
  return invitation && outline && partner && { invitation, outline, partner }
}

/** The same, for whoever answers it. */
export async function invitationToAnswer(database: Database, secret: string): Promise<Invited | Refused> {
  const invited = await invitationBySecret(database, secret)
  if (!invited) return notNow('applications-consortium.problem.link-over')
  if (invited.outline.state !== 'draft') return notNow('applications-consortium.problem.not-a-draft')
  return invited
}
