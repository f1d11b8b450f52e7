import { answerAt } from '../../form/filled.ts'
import type { AtSection } from './at-section.server.ts'
import { sectionAddress } from '../application-page.ts'

/** A row of a section that repeats, by its number and the answer that names it. */
export type RowView = { id: string; number: number; title: string; href: string }

export function rowTitles({ draft, filled, section, shown, viewing }: AtSection): RowView[] {
  return shown.places.map((place, index) => ({
    id: place.row ?? '',
    number: index + 1,
    title: answerAt(filled, place, section.repeats?.title ?? '')?.text?.trim() ?? '',
    href: sectionAddress(viewing.speaking.language, draft.outline.code, { ...place, section: section.id })
  }))
}
