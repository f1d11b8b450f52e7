import type { Language } from '#shared/texts/language.ts'
import { applicationAddress } from '../application-page.ts'

/** Where a section stands, of a participant and with a row where it has them. */
export function sectionAddress(
  language: Language,
  code: string,
  { section, participant, row }: { section: string; participant?: string | undefined; row?: string | undefined }
): string {
  const query = new URLSearchParams({
    ...(participant !== undefined && { participant }),
    ...(row !== undefined && { row })
  }).toString()
  return `${applicationAddress(language, code, section)}${query === '' ? '' : `?${query}`}`
}
