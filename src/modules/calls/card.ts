import { type Field, fold } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { CallTerms, OpenedAction, Translated } from './call.ts'

/** What lists, feeds and searches need of a published call. */
export type CallCard = {
  title: Translated
  actions: OpenedAction[]
  /** All fields for which it is open. */
  fields: Field[]
  /** The money, in cents; null: not said. */
  cents: number | null
  languages: string[]
  /** Titles and names of actions, folded: without case, diacritics and punctuation. */
  words: string
}

/** Makes the card of terms that are published. @param names of the actions that it opens */
export function cardOf(terms: CallTerms, names: readonly Words[]): CallCard {
  const { title, actions, budget, languages } = terms
  const said = [...Object.values(title), ...names.flatMap(({ en, lv }) => [en, lv])]
  return {
    title,
    actions,
    fields: [...new Set(actions.flatMap(({ fields }) => fields))],
    cents: budget.cents,
    languages,
    words: fold(said.join(' · '))
  }
}
