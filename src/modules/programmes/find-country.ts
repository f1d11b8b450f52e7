import { countryName } from './country-names.ts'
import { countryCode, countryCodes } from './countries.ts'
import { fold, nearest, type Candidate } from './nearest.ts'
import type { Words } from '#shared/rules/vocabulary.ts'

/** Names people and older guides use beside those of Intl.DisplayNames. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  BA: ['Bosnia', 'Bosnija'],
  CZ: ['Czech Republic', 'Čehijas Republika'],
  GB: [
    'Great Britain',
    'Britain',
    'England',
    'Scotland',
    'Wales',
    'Lielbritānija',
    'Anglija',
    'Skotija',
    'Velsa'
  ],
  GR: ['Hellas'],
  MD: ['Republic of Moldova', 'Moldovas Republika'],
  MK: ['Macedonia', 'FYROM', 'Republic of North Macedonia', 'Maķedonija', 'Ziemeļmaķedonijas Republika'],
  NL: ['Holland', 'The Netherlands', 'Holande'],
  PS: ['Palestine', 'Palestīna'],
  RU: ['Russian Federation', 'Krievijas Federācija'],
  SK: ['Slovak Republic', 'Slovākijas Republika'],
  SY: ['Syrian Arab Republic'],
  TR: ['Turkey', 'Turkiye'],
  US: ['USA', 'United States of America', 'ASV'],
  XK: ['Kosova', 'Kosovo']
}

type Index = { codeOf: Map<string, string>; candidates: Map<string, Candidate<string>> }
let built: Index | undefined

/** The code of a country written as a code (EL and UK too) or as a name in Latvian or English. */
export function findCountry(written: string): string | undefined {
  return countryCode(written) ?? index().codeOf.get(fold(written))
}

/** Codes of the countries that may have been meant; those of the programme (`first`) go before others. */
export function nearestCountries(written: string, first: readonly string[] = []): string[] {
  const { candidates } = index()
  const order = new Set([...first, ...candidates.keys()])
  return nearest(
    written,
    [...order].flatMap((code) => candidates.get(code) ?? [])
  )
}

/** The name of a country in both languages. */
export function countryNames(code: string): Words {
  return { en: countryName(code, 'en'), lv: countryName(code, 'lv') }
}

function index(): Index {
  if (built) return built
  const codeOf = new Map<string, string>()
  const candidates = new Map<string, Candidate<string>>()
  for (const code of countryCodes) {
    const { en, lv } = countryNames(code)
    const names = [en, lv, ...(otherNames[code] ?? [])].map(fold)
    for (const name of names) if (!codeOf.has(name)) codeOf.set(name, code)
    candidates.set(code, { id: code, forms: [code.toLowerCase(), ...names] })
  }
  return (built = { codeOf, candidates })
}
