import type { Temporal } from 'temporal-polyfill'
import { organisationNames } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'
import type { Caller } from '#shared/identity/index.ts'
import { may } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Access } from '../access.ts'
import type { Outline, Participant } from '../application.ts'
import { invitationsIn } from './invitations-store.server.ts'
import { type MandateState, mandateStateOf } from './mandate.ts'
import { type Mandate, mandatesIn } from './mandates-store.server.ts'
import {
  type GoneParticipant,
  type ParticipantDetail,
  detailsOf,
  goneFrom
} from './participants-store.server.ts'

/** A participant as its consortium sees it. */
export type ParticipantView = Participant & {
  /** Its code in the register; undefined while it is known by its name only. */
  code: string | undefined
  /** Its name there, where it is another one by now. */
  nameToday: string | undefined
  /** Another participant is the same organisation by now: the register brought two records together. */
  sameAs: string | undefined
  detail: ParticipantDetail | undefined
  mandate: Mandate | undefined
  mandateState: MandateState
  /** A mailed link that can still be answered; its address is for the coordinator’s people only. */
  invitation: { email: string | undefined; until: Temporal.Instant } | undefined
}

export type ConsortiumView = {
  outline: Outline
  own: Participant
  /** Whether the reader brings the consortium together. */
  coordinates: boolean
  /** Whether the reader may sign for their organisation. */
  signs: boolean
  /** Whether anything can still change. */
  open: boolean
  participants: ParticipantView[]
  gone: GoneParticipant[]
}

/** The consortium of an application, for one of its people. */
export async function consortiumView(
  database: Database,
  caller: Caller,
  { outline, access, language }: { outline: Outline; access: Access; language: Language }
): Promise<ConsortiumView> {
  const own = access.participant
  const coordinates = own.role === 'coordinator'
  const [names, details, mandates, invitations, gone] = await Promise.all([
    organisationNames(
      database,
      outline.participants.flatMap(({ organisation }) => organisation ?? []),
      language
    ),
    detailsOf(database, outline.id),
    mandatesIn(database, outline.id),
    invitationsIn(database, outline.id),
    goneFrom(database, outline.id)
  ])
  const participants = outline.participants.map((participant, at): ParticipantView => {
    const known = participant.organisation === null ? undefined : names.get(participant.organisation)
    const mandate = mandates.get(participant.id)
    const invitation = invitations.get(participant.id)
    return {
      ...participant,
      code: known?.code,
      nameToday: known && known.name !== participant.name ? known.name : undefined,
      sameAs: sameBefore(outline.participants, at),
      detail: details.get(participant.id),
      mandate,
      mandateState: mandateStateOf(participant.role, mandate),
      invitation: invitation && {
        email: coordinates ? invitation.email : undefined,
        until: invitation.expiresAt
      }
    }
  })
  const signs = may(caller, ['representative'], { organisation: own.organisation ?? undefined })
  return { outline, own, coordinates, signs, open: outline.state === 'draft', participants, gone }
}

/** The name of an earlier participant that is the same organisation by now. */
function sameBefore(participants: readonly Participant[], at: number): string | undefined {
  const { organisation } = participants[at]!
  if (organisation === null) return undefined
  return participants.slice(0, at).find((one) => one.organisation === organisation)?.name
}
