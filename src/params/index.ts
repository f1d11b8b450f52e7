import { defineParams } from '@sveltejs/kit/params'
import { type Language, isLanguage } from '#shared/texts/language.ts'

export const params = defineParams({
  /** [lang=language] in src/routes: an address begins with lv or en, anything else is not found. */
  language: (value: string): Language | undefined => (isLanguage(value) ? value : undefined),
  /** [code=organisation]: something like KP-7F3K-9QXM, in any spelling. */
  organisation: (value: string): string | undefined =>
    /^kp[ \p{Pd}]?[a-z\d]/iu.test(value) ? value : undefined
})
