import { countryName } from '#modules/programmes'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { Participant } from '../application.ts'
import type { CopyOutTable } from '../form/copy-out-table.ts'

type Wording = { language: Language; t: Say<KeysOf<'site' | 'applications-editor'>> }

/** What the register calls an organisation; '' where it says nothing, or not to whoever asks. */
export type ParticipantCodes = { oid: string; pic: string; code: string }

/** Who takes part, with the codes by which the official systems know them. */
export function participantsTable(
  participants: readonly Participant[],
  codes: ReadonlyMap<string, ParticipantCodes>,
  { language, t }: Wording
): CopyOutTable {
  const column = (key: 'organisation' | 'role' | 'country' | 'code') =>
    t(`applications-editor.copy-out.participant.${key}`)
  return {
    path: 'consortium:participants',
    title: t('applications-editor.copy-out.participants'),
    columns: [
      { label: column('organisation'), kind: 'text' },
      { label: column('role'), kind: 'text' },
      { label: column('country'), kind: 'text' },
      { label: 'OID', kind: 'text' },
      { label: 'PIC', kind: 'text' },
      { label: column('code'), kind: 'text' }
    ],
    rows: participants.map(({ organisation, role, name, country }) => {
      const { oid = '', pic = '', code = '' } = codes.get(organisation ?? '') ?? {}
      return [name, t(`applications-editor.role.${role}`), countryName(country, language), oid, pic, code]
    })
  }
}
