import { organisationNames } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { type Outline, type Participant, coordinatorOf } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { type Acceptance, acceptanceBySecret } from './connection-store.server.ts'
import { type Connection, type OwnRecord, connectionOf } from './connection.ts'
import { mandatesIn } from './mandates-store.server.ts'

/** A mandate that was given by a link, for whoever comes back with the link or the receipt. */
export type GivenByLink = {
  connection: Connection
  /** Which of the two the reader has. */
  by: 'receipt' | 'link'
  /** Only for whom it was shown to be theirs. */
  about: { partner: string; coordinator: string; title: string; code: string } | undefined
  /** The mandate, as long as no other took its place (files.file); only for whom it was shown to be theirs. */
  document: string | undefined
}

export async function givenByLinkOf(
  database: Database,
  caller: Caller,
  secret: string,
  language: Language
): Promise<GivenByLink | undefined> {
  const found = await acceptanceWithPartner(database, caller, secret)
  if (!found) return undefined
  const { acceptance, outline, partner } = found
  const { shown } = acceptance
  const record = await recordOf(database, caller, language)
  const mandate = shown && (await mandatesIn(database, outline.id)).get(partner.id)
  return {
    connection: connectionOf({ outline, partner, caller, shown, record }),
    by: shown === 'receipt' ? 'receipt' : 'link',
    about: shown && {
      partner: partner.name,
      coordinator: coordinatorOf(outline).name,
      title: outline.title,
      code: outline.code
    },
    document: mandate?.way === 'link' ? mandate.file : undefined
  }
}

/** What a secret stands for, with the partner that it concerns as it is now. */
export async function acceptanceWithPartner(
  database: Database,
  caller: Caller,
  secret: string
): Promise<{ acceptance: Acceptance; outline: Outline; partner: Participant } | undefined> {
  const acceptance = await acceptanceBySecret(database, caller, secret)
  const outline = acceptance && (await findOutline(database, acceptance.application))
  const partner = outline?.participants.find(({ id }) => id === acceptance?.participant)
  return acceptance && outline && partner && { acceptance, outline, partner }
}

/** The record of the organisation that somebody acts for. */
export async function recordOf(
  database: Database,
  caller: Caller,
  language: Language
): Promise<OwnRecord | undefined> {
  const acting = isSignedIn(caller) ? caller.acting : undefined
  if (!acting || !('organisation' in acting)) return undefined
  const id = acting.organisation
  const known = (await organisationNames(database, [id], language)).get(id)
  return known && { id, code: known.code, name: known.name, country: known.country }
}
