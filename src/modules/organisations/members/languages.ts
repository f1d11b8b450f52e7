import type { SignedIn } from '#shared/identity/index.ts'
import { type Language, defaultLanguage, isLanguage } from '#shared/texts/language.ts'

/** The language in which somebody without an account is written to: that of whoever has it written. */
export function languageFor({ language }: SignedIn): Language {
  return isLanguage(language) ? language : defaultLanguage
}
