import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/** The texts of the pages on which an application is written. */
export type ApplicationTexts = Say<
  KeysOf<'site' | 'rules' | 'calls' | 'applications' | 'applications-editor'>
>

/** Where an application stands: its overview, or with `part` something of it. */
export function applicationAddress(language: Language, code: string, part?: string): string {
  return `/${language}/applications/${code}${part === undefined ? '' : `/${part}`}`
}
