import type { Temporal } from 'temporal-polyfill'
import { callTaking } from '#server/calls'
import { organisationNames } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type ParticipantRole, coordinatorOf } from '../application.ts'
import { invitationBySecret } from './invited.server.ts'
import { mandateSays } from './mandate-document.server.ts'
import { mandateTextFor, mandateWords } from './mandate.ts'
import { detailsOf } from './participants-store.server.ts'

/** What a mailed link asks, as far as whoever has it may see: not a word of the application itself. */
export type MandateByLink = {
  partner: string
  coordinator: string
  role: ParticipantRole
  tasks: string | undefined
  title: string
  code: string
  call: { code: string; title: string }
  others: { name: string; country: string }[]
  text: { id: string; title: string; paragraphs: string[] }
  until: Temporal.Instant
  /** Whether it can be answered: an application that was submitted stands as it is. */
  open: boolean
  /** An organisation that the reader may sign for, and that may be the partner. */
  own: { code: string; name: string } | undefined
}

/** Looks at a link. Looking spends nothing: mail programs look, too. */
export async function mandateOfLink(
  database: Database,
  caller: Caller,
  secret: string,
  language: Language
): Promise<MandateByLink | undefined> {
  const opened = await invitationBySecret(database, secret)
  if (!opened) return undefined
  const { outline, partner, invitation } = opened
  const [now, details, call] = await Promise.all([
    databaseNow(database),
    detailsOf(database, outline.id),
    callTaking({ database }, outline.call)
  ])
  const text = mandateTextFor(partner.role, now.toString().slice(0, 10))
  return {
    partner: partner.name,
    coordinator: coordinatorOf(outline).name,
    role: partner.role,
    tasks: details.get(partner.id)?.tasks,
    title: outline.title,
    code: outline.code,
    call: { code: outline.call, title: call?.title[language] || call?.title.en || outline.call },
    others: outline.participants
      .filter(({ id, state }) => id !== partner.id && state === 'accepted')
      .map(({ name, country }) => ({ name, country })),
    text: { id: text.id, ...mandateWords(text, language, mandateSays(outline, partner)) },
    until: invitation.expiresAt,
    open: outline.state === 'draft',
    own: await ownOf(database, caller, partner.organisation, language)
  }
}

async function ownOf(database: Database, caller: Caller, known: string | null, language: Language) {
  const acting = isSignedIn(caller) ? caller.acting : undefined
  if (acting?.role !== 'representative') return undefined
  if (known !== null && known !== acting.organisation) return undefined
  const found = (await organisationNames(database, [acting.organisation], language)).get(acting.organisation)
  return found && { code: found.code, name: found.name }
}
