import type { ActionSpec, RuleSpec } from './check.ts'
import type { Consortium, Partner } from './consortium.ts'
import { makeLexicon } from './lexicon.ts'
import type { RuleBody, Words } from './vocabulary.ts'

/**
 * An action of twelve rules, and random consortia to ask it: what benchmarks and the proof of fewest changes stand on.
 * The figures are nobody's rules.
 */
export type TwelveRules = {
  organisations: number
  countries: number
  universities: number
  enterprises: number
  mostOrganisations: number
  mostAssociated: number
  /** Country codes. */
  barred: readonly string[]
  /** Months, each with the ceiling of the grant in whole euros. */
  durations: readonly { months: number; ceiling: number }[]
}

export const programmeCountries =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI MK NO RS TR'.split(
    ' '
  )
export const otherCountries = 'AL BA CH GB GE JP MA MD ME TN UA US XK ZA'.split(' ')

/** The countries and kinds of organisation that the twelve rules speak of. */
export const twelveRulesLexicon = makeLexicon({
  countries: [...programmeCountries, ...otherCountries],
  sets: { 'programme-countries': programmeCountries },
  types: ['higher-education-institution', 'enterprise', 'school', 'ngo', 'research-institute', 'chamber'].map(
    (id) => ({ id })
  ),
  functions: []
})

const university = 'higher-education-institution'

/** The rules as a rule file says them. */
export function twelveRules(given: TwelveRules): ActionSpec {
  const programme = { in: ['programme-countries'] }
  const rules: (RuleBody & { id: string })[] = [
    { id: 'organisations', organisations: { 'at-least': given.organisations, who: programme } },
    { id: 'countries', countries: { 'at-least': given.countries, who: programme } },
    {
      id: 'universities',
      organisations: { 'at-least': given.universities, who: { are: [university], ...programme } }
    },
    {
      id: 'enterprises',
      organisations: { 'at-least': given.enterprises, who: { are: ['enterprise'], ...programme } }
    },
    { id: 'most-organisations', organisations: { 'at-most': given.mostOrganisations } },
    {
      id: 'most-associated',
      organisations: { 'at-most': given.mostAssociated, who: { roles: ['associated'] } }
    },
    {
      id: 'barred-countries',
      everyone: {
        who: { roles: ['coordinator', 'partner', 'associated'] },
        must: { 'not-in': [...given.barred] }
      }
    },
    { id: 'coordinator-country', everyone: { who: { roles: ['coordinator'] }, must: programme } },
    { id: 'charter', everyone: { who: { are: [university], ...programme }, must: { charter: true } } },
    {
      id: 'balance',
      'at-least-as-many': { who: programme, as: { 'not-in': ['programme-countries'] } }
    },
    {
      id: 'duration',
      value: { of: 'durationMonths', 'one-of': given.durations.map(({ months }) => months) }
    },
    {
      id: 'grant',
      value: {
        of: 'grantEur',
        cases: given.durations.map(({ months, ceiling }) => ({
          if: { durationMonths: months },
          'at-most': ceiling
        }))
      }
    }
  ]
  const says: Words = { en: '', lv: '' }
  return {
    action: 'twelve-rules',
    edition: 2026,
    fields: ['higher-education'],
    deadlines: [],
    rules: rules.map(
      (rule) => ({ ...rule, says, severity: 'block', confidence: 'source-document' }) as RuleSpec
    )
  }
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Rules that consortia of the given size often just meet or just miss. */
export function randomRules(random: () => number, size: 'six-to-twenty' | 'twenty'): TwelveRules {
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const large = size === 'twenty'
  const start = between(0, otherCountries.length - 1)
  const barred = [0, 1].map((next) => otherCountries[(start + next) % otherCountries.length]!)
  const months = [12, 24, 36, 48].slice(between(0, 1))
  const ceiling = 200_000 + 50_000 * between(0, 6)
  return {
    organisations: large ? between(11, 16) : between(3, 6),
    countries: large ? between(7, 11) : between(3, 6),
    universities: large ? between(2, 5) : between(1, 2),
    enterprises: large ? between(2, 5) : between(1, 2),
    mostOrganisations: large ? between(16, 20) : between(14, 18),
    mostAssociated: between(2, 4),
    barred,
    durations: months.slice(0, 3).map((length) => ({ months: length, ceiling: (ceiling * length) / 12 }))
  }
}

/** How often something about a consortium is amiss; all between 0 and 1. */
export type Flaws = {
  /** The largest share of organisations from other countries; most consortia have few of them. */
  foreign: number
  associated: number
  noCharter: number
  oddDuration: number
  largeGrant: number
}

export function randomConsortium(
  random: () => number,
  { durations }: TwelveRules,
  organisations: number,
  flaws: Flaws
): Consortium {
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const types = [
    university,
    university,
    university,
    'enterprise',
    'enterprise',
    'enterprise',
    'school',
    'ngo',
    'research-institute',
    'chamber'
  ]
  const foreign = random() ** 4 * flaws.foreign
  const partners = Array.from({ length: organisations }, (_, index): Partner => ({
    country: oneOf(random() < foreign ? otherCountries : programmeCountries),
    type: oneOf(types),
    role: index === 0 ? 'coordinator' : random() < flaws.associated ? 'associated' : 'partner',
    charter: random() >= flaws.noCharter
  }))
  const { months, ceiling } = oneOf(durations)
  return {
    field: 'higher-education',
    durationMonths: random() < flaws.oddDuration ? 18 : months,
    grantEur: Math.round(ceiling * (random() < flaws.largeGrant ? 1 + random() : 0.4 + 0.6 * random())),
    partners
  }
}
