import type { Database } from '#shared/database/index.ts'
import type { Outline, Participant } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { type OpenInvitation, invitationOfLink } from './invitations-store.server.ts'
import { digestOfLink } from './link.server.ts'

/** What the link of a mail stands for; undefined when it is spent, withdrawn or over. */
export async function invitationBySecret(
  database: Database,
  secret: string
): Promise<{ invitation: OpenInvitation; outline: Outline; partner: Participant } | undefined> {
  const invitation = await invitationOfLink(database, digestOfLink(secret))
  const outline = invitation && (await findOutline(database, invitation.application))
  const partner = outline?.participants.find(({ id }) => id === invitation?.participant)
  return invitation && outline && partner && { invitation, outline, partner }
}
