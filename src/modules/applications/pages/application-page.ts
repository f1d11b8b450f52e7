import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/** The texts of the pages on which an application is written. */
export type ApplicationTexts = Say<
  KeysOf<'site' | 'rules' | 'calls' | 'applications' | 'applications-editor'>
>

/** Where an application stands: its overview, or with `part` something of it. */
export function applicationAddress(language: Language, code: string, part?: string): string {
  return `/${language}/applications/${code}${part === undefined ? '' : `/${part}`}`
}

/** Where a section of the form stands: of a participant where each fills its own, with a row where it has rows. */
export function sectionAddress(
  language: Language,
  code: string,
  {
    section,
    participant,
    row
  }: { section: string; participant?: string | undefined; row?: string | undefined }
): string {
  const query = new URLSearchParams({
    ...(participant !== undefined && { participant }),
    ...(row !== undefined && { row })
  }).toString()
  return `${applicationAddress(language, code, `sections/${section}`)}${query === '' ? '' : `?${query}`}`
}

/** Where people talk about a part of an application. */
export function discussionAddress(language: Language, code: string, path: string): string {
  return `${applicationAddress(language, code, 'discussion')}?path=${encodeURIComponent(path)}`
}
