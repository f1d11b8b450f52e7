/**
 * The twelve rules as a programmer would write them by hand, to be read: one after the other, each failed rule with
 * what was found and what is needed.
 */
import type { Consortium } from '../../src/shared/rules/consortium.ts'
import { programmeCountries, type TwelveRules } from '../../src/shared/rules/twelve-rules.fixture.ts'

export type Failed = { rule: string; found: unknown; needed: unknown }

const programme = new Set(programmeCountries)

export function failedRules(
  { partners, durationMonths, grantEur }: Consortium,
  rules: TwelveRules
): Failed[] {
  const failed: Failed[] = []
  const full = partners.filter(({ role }) => role === 'coordinator' || role === 'partner')
  const inProgramme = full.filter(({ country }) => programme.has(country!))
  if (inProgramme.length < rules.organisations) {
    failed.push({ rule: 'organisations', found: inProgramme.length, needed: rules.organisations })
  }

  const countries = new Set(inProgramme.map(({ country }) => country))
  if (countries.size < rules.countries) {
    failed.push({ rule: 'countries', found: countries.size, needed: rules.countries })
  }

  const universities = inProgramme.filter(({ type }) => type === 'higher-education-institution')
  if (universities.length < rules.universities) {
    failed.push({ rule: 'universities', found: universities.length, needed: rules.universities })
  }

  const enterprises = inProgramme.filter(({ type }) => type === 'enterprise')
  if (enterprises.length < rules.enterprises) {
    failed.push({ rule: 'enterprises', found: enterprises.length, needed: rules.enterprises })
  }

  if (full.length > rules.mostOrganisations) {
    failed.push({ rule: 'most-organisations', found: full.length, needed: rules.mostOrganisations })
  }

  const associated = partners.filter(({ role }) => role === 'associated')
  if (associated.length > rules.mostAssociated) {
    failed.push({ rule: 'most-associated', found: associated.length, needed: rules.mostAssociated })
  }

  const barred = partners.filter(({ country }) => rules.barred.includes(country!))
  if (barred.length > 0) failed.push({ rule: 'barred-countries', found: barred, needed: rules.barred })

  const coordinator = partners.find(({ role }) => role === 'coordinator')
  if (coordinator && !programme.has(coordinator.country!)) {
    failed.push({ rule: 'coordinator-country', found: coordinator.country, needed: 'programme country' })
  }

  const withoutCharter = universities.filter(({ charter }) => charter !== true)
  if (withoutCharter.length > 0) failed.push({ rule: 'charter', found: withoutCharter, needed: 'charter' })

  const others = full.length - inProgramme.length
  if (inProgramme.length < others) {
    failed.push({ rule: 'balance', found: inProgramme.length, needed: others })
  }

  const chosen = rules.durations.find(({ months }) => months === durationMonths)
  if (!chosen) {
    failed.push({
      rule: 'duration',
      found: durationMonths,
      needed: rules.durations.map(({ months }) => months)
    })
  } else if (grantEur! > chosen.ceiling) {
    failed.push({ rule: 'grant', found: grantEur, needed: chosen.ceiling })
  }
  return failed
}
