import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/** The texts of the pages of calls. */
export type CallTexts = Say<KeysOf<'site' | 'calls' | 'rules'>>

/** Where the page of a call stands. */
export function callAddress(language: Language, code: string): string {
  return `/${language}/calls/${code}`
}
