import type { FormSection } from '#modules/programmes'
import { writePath } from '../path.ts'
import { isSectionShown } from './conditions.ts'
import { rowsOf, type Filled, type Place } from './filled.ts'

/** A page of the form as it is now: a section, of which participant, with its rows where it repeats. */
export type ShownSection = {
  section: FormSection
  participant?: string
  /** `section` or `section@participant`: its address, and the path of the list of rows. */
  path: string
  /** One place, or one for each row. */
  places: Place[]
}

/** The sections that are asked now, in the order of the form; those of participants once for each of them. */
export function shownSections(filled: Filled): ShownSection[] {
  return filled.form.sections.flatMap((section) =>
    wholes(filled, section)
      .filter((place) => isSectionShown(filled, place))
      .map(({ participant }) => ({
        section,
        ...(participant && { participant }),
        path: writePath({ section: section.id, ...(participant && { participant }) }),
        places: placesIn(filled, section, participant)
      }))
  )
}

function wholes(filled: Filled, section: FormSection): Place[] {
  if (section.of === 'application') return [{ section }]
  return filled.participants.map(({ id }) => ({ section, participant: id }))
}

function placesIn(filled: Filled, section: FormSection, participant: string | undefined): Place[] {
  const place: Place = { section, ...(participant && { participant }) }
  if (!section.repeats) return [place]
  return rowsOf(filled, place).map((row) => ({ ...place, row }))
}
