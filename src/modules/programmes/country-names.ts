import type { Language } from '#shared/texts/language.ts'

const names = new Map<Language, Intl.DisplayNames>()

/** The name of a country in a language; Kosovo with the mark European documents give it. */
export function countryName(code: string, language: Language): string {
  let display = names.get(language)
  if (!display) names.set(language, (display = new Intl.DisplayNames([language], { type: 'region' })))
  const name = display.of(code) ?? code
  return code === 'XK' ? `${language === 'lv' ? 'Kosova' : 'Kosovo'}*` : name
}
