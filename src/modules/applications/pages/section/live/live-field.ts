import type { Cursor, Heard } from '../../../writing/wire.ts'
import type { LiveTexts } from './live-texts.ts'
import type { ShownState, stateShower } from './show-state.ts'

/** A question of the page that saves itself. */
export type LiveField = {
  readonly path: string
  readonly state: ShownState
  /** Where the cursor stands in a text, as others know it. */
  cursor: () => Cursor | undefined
  /** The words before the place where somebody else's cursor stands. */
  wordsAt: (cursor: Cursor) => string | undefined
  hear: (change: Heard) => void
  /** The newest version that the server knows: what was missed is fetched. */
  newest: (version: number) => void
  flush: () => void
  retry: () => void
  close: () => void
}

/** What every field of the page is given. */
export type FieldWorld = {
  form: HTMLFormElement
  application: string
  /** Who writes (people.person). */
  person: string
  /** The number of this window. */
  view: string
  language: 'lv' | 'en'
  t: LiveTexts
  show: ReturnType<typeof stateShower>
  /** Called whenever a field is in another state. */
  changed: (field: LiveField) => void
}

/** The hidden field that says which version a form was made of. */
export function setHidden(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)
  if (field) field.value = value
}
