import { writePath } from '../../path.ts'
import { type AtSection } from './at-section.server.ts'
import { sectionAddress } from '../application-page.ts'

/** A row of a section that repeats, by its number and the answer that names it. */
export type RowView = { id: string; number: number; title: string; href: string }

export function rowTitles({ draft, section, participant, rows, reading }: AtSection): RowView[] {
  const here = { section: section.id, ...(participant && { participant: participant.id }) }
  return rows.map((row, index) => ({
    id: row,
    number: index + 1,
    title:
      draft.answers.get(writePath({ ...here, row, question: section.repeats?.title ?? 'title' }))?.text?.trim() ?? '',
    href: sectionAddress(reading.language, draft.outline.code, {
      section: section.id,
      participant: participant?.id,
      row
    })
  }))
}
