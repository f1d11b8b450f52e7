import type { CheckResult } from '#shared/rules/check.ts'
import type { Partner } from '#shared/rules/consortium.ts'
import type { Finding } from '#shared/rules/findings.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { checkAction, type ReadyAction } from './edition.ts'
import type { Programmes } from './programmes.server.ts'

/** How organisations of a country may take part, as far as the country decides it. */
export type CountryPart = 'coordinate' | 'take-part' | 'in-some-cases' | 'not'

export type CountryGroup = {
  id: string
  names: Words
  countries: { code: string; part: CountryPart }[]
}

/**
 * Which countries may take part in an action, found by asking the rules themselves about one organisation of each:
 * nothing but its country and role is known of it, so only rules about countries can refuse it.
 */
export function participation(programmes: Programmes, action: string, edition: number): CountryGroup[] {
  let known = found.get(programmes)
  if (!known) found.set(programmes, (known = new Map()))
  const key = `${action} ${edition}`
  let groups = known.get(key)
  if (!groups) known.set(key, (groups = countryGroups(programmes, action, edition)))
  return groups
}

/** Rules do not change while the product runs, and asking for each country takes some milliseconds. */
const found = new WeakMap<Programmes, Map<string, CountryGroup[]>>()

function countryGroups(programmes: Programmes, action: string, edition: number): CountryGroup[] {
  const ready = programmes.edition(edition)?.actions.get(action)
  if (!ready) return []
  const sets = programmes.programme.countrySets(edition)
  const basic = [...sets].filter(
    ([id]) => id === 'member-states' || id === 'associated-countries' || isBasicRegion(id, [...sets.keys()])
  )
  const member = sets.get('member-states')?.countries[0] ?? 'LV'
  return basic
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b, 'en', { numeric: true }))
    .map(([id, { names, countries }]) => ({
      id,
      names,
      countries: countries.map((code) => ({ code, part: partOf(ready, { country: code }, member) }))
    }))
}

/** What is known of an organisation that asks: nothing else may refuse it. */
export type Asker = { country?: string; type?: string }

/** How an organisation of a country and a type may take part in an action, as far as these decide it. */
export function partIn(programmes: Programmes, action: string, edition: number, asker: Asker): CountryPart {
  let known = asked.get(programmes)
  if (!known) asked.set(programmes, (known = new Map()))
  const key = [action, edition, asker.country, asker.type].join(' ')
  let part = known.get(key)
  if (part === undefined) known.set(key, (part = askPart(programmes, action, edition, asker)))
  return part
}

const asked = new WeakMap<Programmes, Map<string, CountryPart>>()

function askPart(programmes: Programmes, action: string, edition: number, asker: Asker): CountryPart {
  const ready = programmes.edition(edition)?.actions.get(action)
  if (!ready) return 'not'
  const members = programmes.programme.countrySets(edition).get('member-states')
  return partOf(ready, asker, members?.countries[0] ?? 'LV')
}

/** Region 5 is made of 5a and 5b: only its parts are shown. */
function isBasicRegion(id: string, all: readonly string[]): boolean {
  return id.startsWith('region-') && !all.includes(`${id}a`)
}

const place = (id: string) => (id === 'member-states' ? 0 : id === 'associated-countries' ? 1 : 2)

function partOf(action: ReadyAction, { country, type }: Asker, member: string): CountryPart {
  const asker = (role: 'coordinator' | 'partner'): Partner => ({
    country: country ?? null,
    type: type ?? null,
    role
  })
  const ask = (partners: Partner[]) => checkAction(action, { partners }).result
  const asPartner: Partner[] = [{ country: member, type: null, role: 'coordinator' }, asker('partner')]
  const alone = refusal(ask([asker('coordinator')]), 0)
  if (alone === 'never') return 'coordinate'
  const beside = refusal(ask(asPartner), 1)
  if (beside === 'never') return alone === 'sometimes' ? 'in-some-cases' : 'take-part'
  return beside === 'sometimes' || alone === 'sometimes' ? 'in-some-cases' : 'not'
}

/** Whether some rule refuses the organisation for what is known of it: never, in some cases, or always. */
function refusal({ verdicts }: CheckResult, partner: number): 'never' | 'sometimes' | 'always' {
  const found = verdicts
    .filter(({ rule }) => rule.spec.severity === 'block')
    .map(({ finding }) => refusedBy(finding, partner))
  return found.includes('always') ? 'always' : found.includes('sometimes') ? 'sometimes' : 'never'
}

function refusedBy(finding: Finding, partner: number): 'never' | 'sometimes' | 'always' {
  if (finding.about === 'condition') {
    return refusedBy(finding.otherwise, partner) === 'never' ? 'never' : 'sometimes'
  }
  if (finding.answer !== 'not-met') return 'never'
  if (finding.about === 'everyone') return finding.breaking.includes(partner) ? 'always' : 'never'
  if (finding.about === 'organisations') {
    const onlyCoordinators = String(finding.matcher.who.roles) === 'coordinator'
    const tooMany = finding.found > (finding.atMost ?? Infinity)
    return tooMany || (onlyCoordinators && partner === 0) ? 'always' : 'never'
  }
  if (finding.about === 'all-of') {
    return finding.parts.some((part) => refusedBy(part, partner) === 'always') ? 'always' : 'never'
  }
  return 'never'
}
