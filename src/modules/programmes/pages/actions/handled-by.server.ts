import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'
import { countryCode, countryCodes } from '../../countries.ts'
import { countryName } from '../../country-names.ts'

type Asked = { action: string; edition: number; language: Language; country: string | null }

/**
 * Who handles the action, for a country the reader chose. A reader of Latvian who chose none is taken to be in Latvia.
 */
export async function handledBy(app: App, { action, edition, language, country: written }: Asked) {
  const country = written === null ? (language === 'lv' ? 'LV' : undefined) : countryCode(written)
  return {
    country,
    lines: await app.whoHandles({ action, edition, country }),
    countries: namedCountries(language)
  }
}

const named = new Map<Language, { code: string; name: string }[]>()

function namedCountries(language: Language) {
  let countries = named.get(language)
  if (!countries) {
    countries = countryCodes
      .map((code) => ({ code, name: countryName(code, language) }))
      .sort((a, b) => a.name.localeCompare(b.name, language))
    named.set(language, countries)
  }
  return countries
}
