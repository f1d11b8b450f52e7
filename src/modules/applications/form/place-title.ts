import type { Language } from '#shared/texts/language.ts'
import { type Filled, type Place, answerAt } from './filled.ts'

/** What a row of a section that repeats is called: “2. Apmācības”, or “2. darba pakete” while it has no title. */
export function placeTitle(filled: Filled, place: Place, index: number, language: Language): string {
  const { title, one } = place.section.repeats!
  const named = answerAt(filled, place, title)?.text?.trim()
  return `${index + 1}. ${named || one[language]}`
}
