import { defineParams } from '@sveltejs/kit/params'
import { type Language, isLanguage } from '#shared/texts/language.ts'

/** [lang=language] in src/routes: an address begins with lv or en, anything else is not found. */
export const params = defineParams({
  language: (value: string): Language | undefined => (isLanguage(value) ? value : undefined)
})
