import { type FormSource, placeText } from '#modules/programmes'
import type { Language } from '#shared/texts/language.ts'

/** Where a question comes from, for people. */
export type SpokenSource = { title: string; at: string | undefined; url: string | undefined }

export function spokenSource({ title, at, url }: FormSource, language: Language): SpokenSource {
  return { title, at: at && placeText(at, language), url }
}
