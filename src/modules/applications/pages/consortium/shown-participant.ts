import type { Temporal } from 'temporal-polyfill'
import { countryName } from '#modules/programmes'
import { formatDate, formatInstant } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import type { ConsortiumView, ParticipantView } from '../../consortium/consortium-view.server.ts'

/** A participant as its pages show it: everything in words. */
export function shownParticipant(
  one: ParticipantView,
  { own, coordinates, open }: ConsortiumView,
  language: Language
) {
  const { mandate, invitation, detail } = one
  return {
    id: one.id,
    position: one.position,
    name: one.nameToday ?? one.name,
    before: one.nameToday === undefined ? undefined : one.name,
    country: countryName(one.country, language),
    code: one.code,
    role: one.role,
    state: one.state,
    edits: one.edits,
    own: one.id === own.id,
    tasks: detail?.tasks,
    sameAs: one.sameAs,
    invitation: invitation && {
      email: invitation.email,
      until: formatDate(invitation.until.toString(), language, 'medium')
    },
    mandate: {
      state: one.mandateState,
      by: mandate && [mandate.signatory, mandate.position].filter(Boolean).join(', '),
      way: mandate?.way,
      on: mandate && dateOf(mandate.givenAt, language),
      at: mandate && formatInstant(mandate.givenAt.toString(), language),
      id: mandate?.id,
      // The document is its partner’s and the coordinator’s.
      readable: mandate !== undefined && (coordinates || one.id === own.id)
    },
    /** The coordinator's people may change it. */
    changeable: open && coordinates && one.role !== 'coordinator'
  }
}

export type ShownParticipant = ReturnType<typeof shownParticipant>

function dateOf(at: Temporal.Instant, language: Language): string {
  return formatDate(at.toString(), language, 'medium')
}
