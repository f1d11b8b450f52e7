import type { Consortium } from './consortium.ts'
import { programmeCountries, type TwelveRules } from './twelve-rules.fixture.ts'

/**
 * The fewest changes under the twelve rules as an integer program, in the LP format solvers read: the same question
 * put in another way, to hold the search against. Variables of organisation i: c coordinates, p full partner,
 * a associated, l left out, h obtains the charter; n… organisations that join; d… the duration; g the grant is set.
 */
export function integerProgram(
  rules: TwelveRules,
  { partners, durationMonths, grantEur }: Consortium
): string {
  const programme = new Set(programmeCountries)
  const home = (index: number) => programme.has(partners[index]!.country!)
  const all = partners.map((_, index) => index)
  const cost: string[] = ['s']
  const constraints: string[] = []
  const binaries: string[] = ['s', 'ca', 'g']
  const full = (indices: readonly number[]) => indices.flatMap((i) => [`c${i}`, `p${i}`])
  const joining = ['nun', 'nen', 'non', 'nue', 'nee', 'noe']

  for (const i of all) {
    const { role, charter, country, type } = partners[i]!
    binaries.push(`c${i}`, `p${i}`, `a${i}`, `l${i}`, `h${i}`)
    constraints.push(`c${i} + p${i} + a${i} + l${i} = 1`)
    cost.push(`l${i}`, `h${i}`)
    // The former coordinator becomes a full partner with the swap; every other change of role is one by itself, and
    // an associated organisation becomes a full partner before it coordinates.
    if (role === 'coordinator') {
      cost.push(`a${i}`)
      constraints.push(`s + c${i} >= 1`)
    } else if (role === 'partner') cost.push(`a${i}`)
    else cost.push(`p${i}`, `c${i}`)
    if (rules.barred.includes(country!)) constraints.push(`l${i} = 1`)
    if (type === 'higher-education-institution' && home(i) && !charter) {
      constraints.push(`c${i} + p${i} - h${i} <= 0`)
    }
    if (!home(i)) constraints.push(`c${i} = 0`)
  }
  cost.push(...joining)
  constraints.push(`${sum(all.map((i) => `c${i}`))} + ca = 1`)
  constraints.push(`ca - s <= 0`, `ca - ${joining.join(' - ')} <= 0`)

  const ofHome = all.filter(home)
  const ofType = (type: string) => ofHome.filter((i) => partners[i]!.type === type)
  constraints.push(`${sum([...full(ofHome), ...joining])} >= ${rules.organisations}`)
  constraints.push(
    `${sum([...full(ofType('higher-education-institution')), 'nun', 'nue'])} >= ${rules.universities}`
  )
  constraints.push(`${sum([...full(ofType('enterprise')), 'nen', 'nee'])} >= ${rules.enterprises}`)
  constraints.push(`${sum([...full(all), ...joining])} <= ${rules.mostOrganisations}`)
  constraints.push(`${sum(all.map((i) => `a${i}`))} <= ${rules.mostAssociated}`)
  const abroad = all.filter((i) => !home(i))
  constraints.push(`${[sum([...full(ofHome), ...joining]), ...full(abroad)].join(' - ')} >= 0`)

  // A country counts when a full partner comes from it; who joins from a new one brings it along.
  const countries = [...new Set(ofHome.map((i) => partners[i]!.country!))]
  countries.forEach((country, index) => {
    binaries.push(`y${index}`)
    const there = full(ofHome.filter((i) => partners[i]!.country === country))
    constraints.push(`y${index} - ${there.join(' - ')} <= 0`)
  })
  const joiningNew = ['nun', 'nen', 'non']
  constraints.push(
    `${sum([...countries.map((_, index) => `y${index}`), ...joiningNew])} >= ${rules.countries}`
  )
  constraints.push(`${sum(joiningNew)} <= ${programmeCountries.length - countries.length}`)

  const lengths = rules.durations.map(({ months }) => `d${months}`)
  binaries.push(...lengths)
  constraints.push(`${sum(lengths)} = 1`)
  for (const { months, ceiling } of rules.durations) {
    if (months !== durationMonths) cost.push(`d${months}`)
    if (grantEur! > ceiling) constraints.push(`d${months} - g <= 0`)
  }
  cost.push('g')
  return [
    'Minimize',
    ` cost: ${cost.join(' + ')}`,
    'Subject To',
    ...constraints.map((constraint, index) => ` r${index}: ${constraint}`),
    'Bounds',
    ...joining.map((variable) => ` 0 <= ${variable} <= 20`),
    'General',
    ` ${joining.join(' ')}`,
    'Binary',
    ` ${binaries.join(' ')}`,
    'End'
  ].join('\n')
}

function sum(variables: readonly string[]): string {
  return variables.join(' + ')
}
