import { getContext, setContext } from 'svelte'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/** Who is signed in, as the head of each page shows it. Roles carry their labels in the reader's language. */
export type Account = {
  name: string
  acting: LabelledRole | undefined
  roles: LabelledRole[]
  /** Where the work of the role waits. */
  places: { href: string; label: string }[]
}

export type LabelledRole = { id: string; label: string }

/** Who reads the page: the language, and the texts of the shell and of the components (texts/…/site.json). */
export type Reader = {
  readonly language: Language
  readonly t: Say<KeysOf<'site'>>
}

const key = Symbol('reader')

/** Called once, by the layout. The reader is asked anew each time, since the language may change. */
export function setReader(reader: Reader): void {
  setContext(key, reader)
}

/** What a component of src/shared/design knows about its reader. */
export function reader(): Reader {
  return getContext<Reader>(key)
}
