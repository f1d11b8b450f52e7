/**
 * What is handed to the peers that cannot count by themselves: counted outside the time measured, which flatters them.
 */
import type { Consortium } from '../../src/shared/rules/consortium.ts'
import { programmeCountries, type TwelveRules } from '../../src/shared/rules/twelve-rules.fixture.ts'

export type Aggregates = {
  organisations: number
  countries: number
  universities: number
  enterprises: number
  full: number
  associated: number
  barred: number
  coordinatorInProgramme: boolean
  withoutCharter: number
  others: number
  durationMonths: number
  grantEur: number
}

const programme = new Set(programmeCountries)

export function aggregatesOf(
  { partners, durationMonths, grantEur }: Consortium,
  rules: TwelveRules
): Aggregates {
  const full = partners.filter(({ role }) => role !== 'associated')
  const inside = full.filter(({ country }) => programme.has(country!))
  const universities = inside.filter(({ type }) => type === 'higher-education-institution')
  return {
    organisations: inside.length,
    countries: new Set(inside.map(({ country }) => country)).size,
    universities: universities.length,
    enterprises: inside.filter(({ type }) => type === 'enterprise').length,
    full: full.length,
    associated: partners.length - full.length,
    barred: partners.filter(({ country }) => rules.barred.includes(country!)).length,
    coordinatorInProgramme: partners.some(
      ({ role, country }) => role === 'coordinator' && programme.has(country!)
    ),
    withoutCharter: universities.filter(({ charter }) => charter !== true).length,
    others: full.length - inside.length,
    durationMonths: durationMonths!,
    grantEur: grantEur!
  }
}
