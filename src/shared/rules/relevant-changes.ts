import type { AdditionClasses } from './additions.ts'
import type { Change } from './changes.ts'
import type { ActionSpec } from './check.ts'
import {
  AFFILIATED,
  ASSOCIATED,
  CHARTER,
  COORDINATOR,
  LEFT_OUT,
  PARTNER,
  proves,
  type Encoded,
  type EncodedPartner
} from './encode.ts'
import type { Finding } from './findings.ts'
import { NO, YES } from './lexicon.ts'
import { partsOf, type RuleBody, type ValueName, type ValueLimits } from './vocabulary.ts'
import type { Matcher } from './who.ts'

/** What the search for repairs knows once an action. */
export type RepairSpace = {
  classes: AdditionClasses
  /** Every limit any rule sets on a number: the only values worth changing to. */
  breakpoints: ReadonlyMap<ValueName, readonly number[]>
  /** Amounts granted for each month, for pro-rata ceilings; for several organisations where it is by organisation. */
  perMonth: readonly number[]
  /** How many organisations the consortium had before anything was added. */
  given: number
}

/**
 * The changes that can help a finding that is not met. Complete: whatever set of changes mends the finding holds at
 * least one of them, which is what makes the search exact.
 */
export function relevantChanges(finding: Finding, draft: Encoded, space: RepairSpace): Change[] {
  switch (finding.about) {
    case 'organisations':
    case 'countries':
      return finding.atMost !== undefined && finding.found > finding.atMost
        ? leaving(finding.matcher, draft, space)
        : joining(finding.matcher, draft, space)
    case 'own-country':
      return leaving(finding.matcher, draft, space, (partner) => finding.doubled.includes(partner.index))
    case 'each-country':
      return forEachCountry(finding, draft, space)
    case 'ratio':
      return [...joining(finding.matchers[0]!, draft, space), ...leaving(finding.matchers[1]!, draft, space)]
    case 'everyone':
      return forBreaking(finding, draft, space)
    case 'one-group':
      return leaving(finding.matcher, draft, space)
    case 'value':
      return forValue(finding, draft, space)
    case 'answer':
      return forAnswer(finding)
    case 'any-of':
    case 'exactly-one-of':
      return finding.parts.flatMap((part) =>
        part.answer === 'not-met' ? relevantChanges(part, draft, space) : []
      )
    case 'all-of': {
      const broken = finding.parts.find(({ answer }) => answer === 'not-met')
      return broken ? relevantChanges(broken, draft, space) : []
    }
    case 'not-asked':
      return [
        ...(finding.condition.only ? leavingUnlike(finding.condition.only, draft, space) : []),
        ...(finding.condition.some ? joining(finding.condition.some, draft, space) : [])
      ]
    default:
      return []
  }
}

/** Changes after which the condition of a rule no longer holds, so that it is not asked. */
export function changesAgainst(
  condition: { only?: Matcher; some?: Matcher },
  draft: Encoded,
  space: RepairSpace
): Change[] {
  return [
    ...(condition.some ? leaving(condition.some, draft, space) : []),
    ...(condition.only ? joiningUnlike(condition.only, draft, space) : [])
  ]
}

/** One organisation more that matches: added, made a full partner, or given its charter. */
function joining(matcher: Matcher, draft: Encoded, space: RepairSpace): Change[] {
  const changes: Change[] = []
  for (const partner of draft.partners) {
    if (partner.index >= space.given || partner.role === LEFT_OUT) continue
    if (partner.role === ASSOCIATED || partner.role === AFFILIATED) {
      if (matchesAs(partner, PARTNER, matcher, draft))
        changes.push({ kind: 'role', partner: partner.index, role: 'partner' })
    } else if (
      partner.role === PARTNER &&
      matcher.match(partner, draft) === NO &&
      matchesAs(partner, ASSOCIATED, matcher, draft)
    ) {
      changes.push({ kind: 'role', partner: partner.index, role: 'associated' })
    }
    if (matcher.who.charter && proves(partner, CHARTER) !== YES)
      changes.push({ kind: 'charter', partner: partner.index })
  }
  for (const change of additions(draft, space)) {
    const added: EncodedPartner = {
      ...change.addition.partner,
      index: draft.partners.length,
      country: change.country
    }
    if (matcher.match(added, draft) === YES) changes.push(change)
  }
  if (looksAtCoordinator(matcher)) changes.push(...otherCoordinators(draft, space))
  return changes
}

/** One organisation more that is not such. */
function joiningUnlike(matcher: Matcher, draft: Encoded, space: RepairSpace): Change[] {
  const promoted = draft.partners
    .filter(
      (partner) => partner.index < space.given && (partner.role === ASSOCIATED || partner.role === AFFILIATED)
    )
    .map((partner): Change => ({ kind: 'role', partner: partner.index, role: 'partner' }))
  const added = additions(draft, space).filter(({ addition, country }) => {
    return matcher.match({ ...addition.partner, index: draft.partners.length, country }, draft) === NO
  })
  return [...promoted, ...added]
}

/** One matching organisation less: left out, or in another role. */
function leaving(
  matcher: Matcher,
  draft: Encoded,
  space: RepairSpace,
  meant: (partner: EncodedPartner) => boolean = () => true
): Change[] {
  const changes: Change[] = []
  let coordinatorMeant = looksAtCoordinator(matcher)
  for (const partner of draft.partners) {
    if (partner.index >= space.given || !meant(partner) || matcher.match(partner, draft) === NO) continue
    if (partner.role === COORDINATOR) coordinatorMeant = true
    else changes.push(...dismissals(partner, matcher, draft))
  }
  return coordinatorMeant ? [...changes, ...otherCoordinators(draft, space)] : changes
}

/** Full partners that are not such leave, so that only such remain. */
function leavingUnlike(matcher: Matcher, draft: Encoded, space: RepairSpace): Change[] {
  return draft.partners.flatMap((partner): Change[] => {
    if (partner.index >= space.given || matcher.match(partner, draft) !== NO) return []
    if (partner.role === COORDINATOR) return otherCoordinators(draft, space)
    if (partner.role !== PARTNER) return []
    return [
      { kind: 'role', partner: partner.index, role: 'associated' },
      { kind: 'leave-out', partner: partner.index }
    ]
  })
}

function dismissals(partner: EncodedPartner, matcher: Matcher, draft: Encoded): Change[] {
  const changes: Change[] = [{ kind: 'leave-out', partner: partner.index }]
  if (partner.role !== ASSOCIATED && !matchesAs(partner, ASSOCIATED, matcher, draft)) {
    changes.push({ kind: 'role', partner: partner.index, role: 'associated' })
  }
  if (
    (partner.role === ASSOCIATED || partner.role === AFFILIATED) &&
    !matchesAs(partner, PARTNER, matcher, draft)
  ) {
    changes.push({ kind: 'role', partner: partner.index, role: 'partner' })
  }
  return changes
}

function forBreaking(
  { breaking, who, must }: Extract<Finding, { about: 'everyone' }>,
  draft: Encoded,
  space: RepairSpace
): Change[] {
  // Each breaking organisation has to be mended, so one of them is enough to branch on; those just added cannot be.
  const partner = draft.partners[breaking.find((index) => index < space.given) ?? -1]
  if (!partner) return []
  const changes: Change[] = []
  if (must.who.charter && proves(partner, CHARTER) !== YES)
    changes.push({ kind: 'charter', partner: partner.index })
  if (partner.role !== COORDINATOR) changes.push(...dismissals(partner, who, draft))
  if (partner.role === COORDINATOR && onlyCoordinator(who)) {
    // Whoever takes over has to fit: a coordinator that does not would only move the problem.
    changes.push(
      ...otherCoordinators(
        draft,
        space,
        (other) => must.match(other, draft) !== NO || who.match(other, draft) === NO
      )
    )
  } else if (
    partner.role === COORDINATOR ||
    who.who.country !== undefined ||
    must.who.country !== undefined
  ) {
    changes.push(...otherCoordinators(draft, space))
  } else if (partner.role === PARTNER && looksAtCoordinator(who)) {
    changes.push({ kind: 'coordinator', partner: partner.index })
  }
  return changes
}

function forEachCountry(
  finding: Extract<Finding, { about: 'each-country' }>,
  draft: Encoded,
  space: RepairSpace
): Change[] {
  const { needs, lacking, needed } = finding
  if (needed === 'all') {
    const first = lacking.find(({ open }) => !open)
    if (!first) return []
    const mended = first.needs.flatMap(({ need }) =>
      joining(needs[need]!.matcher, draft, space).filter((change) => touches(change, draft, first.country))
    )
    const gone = draft.partners.flatMap((partner): Change[] => {
      if (partner.country !== first.country || partner.index >= space.given || partner.role === LEFT_OUT)
        return []
      if (partner.role === COORDINATOR) return otherCoordinators(draft, space)
      if (partner.role !== PARTNER) return [{ kind: 'leave-out', partner: partner.index }]
      return [
        { kind: 'role', partner: partner.index, role: 'associated' },
        { kind: 'leave-out', partner: partner.index }
      ]
    })
    return [...mended, ...gone]
  }
  const joined = needs.flatMap(({ matcher }) => joining(matcher, draft, space))
  if (needed !== 'coordinator') return [...joined, ...otherCoordinators(draft, space)]
  const own = draft.coordinator?.country ?? 0
  return [...joined.filter((change) => touches(change, draft, own)), ...otherCoordinators(draft, space)]
}

/** Whether the change is about an organisation that is, or for all one knows may be, of the country. */
function touches(change: Change, draft: Encoded, country: number): boolean {
  if (change.kind === 'add') return change.country === country
  if (!('partner' in change) || change.kind === 'coordinator') return true
  const from = draft.partners[change.partner]!.country
  return from === country || from === 0
}

function forAnswer({ key, given, rule }: Extract<Finding, { about: 'answer' }>): Change[] {
  const answer = (value: unknown): Change => ({ kind: 'answer', key, value })
  if (rule.is) return rule.is.map(answer)
  const values: unknown[] = Array.isArray(given) ? given : [given]
  const counting = rule.from ? values.filter((value) => rule.from!.includes(value)) : values
  const least = rule.exactly ?? rule['at-least'] ?? 0
  const most = rule.exactly ?? rule['at-most'] ?? Infinity
  if (counting.length > most) return [answer(counting.slice(0, most))]
  const open = rule.from ? rule.from.filter((value) => !values.includes(value)) : choices(key, least)
  return [answer([...values, ...open.slice(0, least - counting.length)])]
}

/** Stands for options not chosen yet: which ones is for the consortium to say. */
function choices(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${key} ${index + 1}`)
}

function forValue(
  finding: Extract<Finding, { about: 'value' }>,
  draft: Encoded,
  space: RepairSpace
): Change[] {
  const { name, given, growsWith } = finding
  const names: ValueName[] =
    name === 'grantEur' || name === 'durationMonths' ? ['durationMonths', 'grantEur'] : [name]
  const values = names.flatMap((one) => {
    const current = one === name ? given : one === 'grantEur' ? draft.grantEur : draft.durationMonths
    return valuesOf(one, draft, space)
      .filter((value) => value !== current)
      .sort((a, b) => Math.abs(a - (current ?? 0)) - Math.abs(b - (current ?? 0)))
      .map((value): Change => ({ kind: 'value', name: one, value }))
  })
  return growsWith ? [...values, ...joining(growsWith, draft, space)] : values
}

function valuesOf(name: ValueName, draft: Encoded, space: RepairSpace): number[] {
  const values = new Set(space.breakpoints.get(name) ?? [])
  for (const amount of space.perMonth) {
    if (name === 'grantEur' && draft.durationMonths !== undefined)
      values.add(Math.floor(amount * draft.durationMonths))
    if (name === 'durationMonths' && draft.grantEur !== undefined)
      values.add(Math.ceil(draft.grantEur / amount))
  }
  return [...values]
}

/** Another coordinator, or a full partner to be that might become it: one that joins, or one so far associated. */
function otherCoordinators(
  draft: Encoded,
  space: RepairSpace,
  fit: (partner: EncodedPartner) => boolean = () => true
): Change[] {
  const given = draft.partners.filter((partner) => partner.index < space.given)
  const asCoordinator = (partner: EncodedPartner) => fit({ ...partner, role: COORDINATOR })
  return [
    ...draft.partners
      .filter((partner) => partner.role === PARTNER && asCoordinator(partner))
      .map((partner): Change => ({ kind: 'coordinator', partner: partner.index })),
    ...given
      .filter(
        (partner) => (partner.role === ASSOCIATED || partner.role === AFFILIATED) && asCoordinator(partner)
      )
      .map((partner): Change => ({ kind: 'role', partner: partner.index, role: 'partner' })),
    ...additions(draft, space).filter(({ addition, country }) =>
      asCoordinator({ ...addition.partner, index: draft.partners.length, country })
    )
  ]
}

/** Coordinator and partner are not the same to this selection, so another coordinator may change whom it means. */
function looksAtCoordinator({ who }: Matcher): boolean {
  const roles = who.roles ?? ['coordinator', 'partner']
  return roles.includes('coordinator') !== roles.includes('partner') || who.country !== undefined
}

function onlyCoordinator({ who }: Matcher): boolean {
  return who.roles?.length === 1 && who.roles[0] === 'coordinator' && who.country === undefined
}

function matchesAs(partner: EncodedPartner, role: number, matcher: Matcher, draft: Encoded): boolean {
  const before = partner.role
  partner.role = role
  const truth = matcher.match(partner, draft)
  partner.role = before
  return truth !== NO
}

/** Every class of organisation from every class of country that matters now. */
function additions(draft: Encoded, space: RepairSpace): Extract<Change, { kind: 'add' }>[] {
  const { classes } = space
  const countries = candidateCountries(draft, classes)
  return classes.additions.flatMap((addition) =>
    countries.map((country): Extract<Change, { kind: 'add' }> => ({ kind: 'add', addition, country }))
  )
}

function candidateCountries(draft: Encoded, classes: AdditionClasses): number[] {
  const present = new Set<number>()
  const full = new Set<number>()
  for (const { role, country } of draft.partners) {
    if (role === LEFT_OUT || country === 0) continue
    present.add(country)
    if (role === COORDINATOR || role === PARTNER) full.add(country)
  }
  const candidates = new Set<number>()
  const seen = new Set<string>()
  for (const country of present) {
    const like = `${classes.classOf[country]} ${full.has(country)}`
    if (classes.perCountry || !seen.has(like)) candidates.add(country)
    seen.add(like)
  }
  for (const { countries } of classes.countryClasses) {
    const unused = countries.find((country) => !present.has(country))
    if (unused !== undefined) candidates.add(unused)
  }
  return [...candidates]
}

/** A ceiling by organisation is followed up to so many of them. */
const MOST_COUNTED = 12

/** Collects the limits all rules of an action set on numbers. */
export function breakpointsOf(spec: ActionSpec): Pick<RepairSpace, 'breakpoints' | 'perMonth'> {
  const breakpoints = new Map<ValueName, Set<number>>()
  const perMonth: number[] = []
  const add = (name: ValueName, limits: ValueLimits) => {
    const values = breakpoints.get(name) ?? new Set<number>()
    for (const value of [...(limits['one-of'] ?? []), limits['at-least'], limits['at-most']]) {
      if (value !== undefined) values.add(value)
    }
    breakpoints.set(name, values)
  }
  const visit = (rule: RuleBody) => {
    if ('value' in rule) {
      const { value } = rule
      if (value.per === 'month') perMonth.push(value['at-most']!)
      else if (value.per === 'year') perMonth.push(value['at-most']! / 12)
      else if (value.per)
        for (let many = 1; many <= MOST_COUNTED; many++) perMonth.push((value['at-most']! * many) / 12)
      else if (!value.per) add(value.of, value)
      for (const one of value.cases ?? []) {
        add(value.of, one)
        const [name, wanted] = Object.entries(one.if)[0]!
        const numbers = (Array.isArray(wanted) ? wanted : [wanted]).filter((each) => typeof each === 'number')
        if (name === 'durationMonths' || name === 'grantEur') add(name, { 'one-of': numbers })
      }
    }
    for (const part of partsOf(rule)) visit(part)
  }
  spec.rules.forEach(visit)
  return { breakpoints: new Map([...breakpoints].map(([name, values]) => [name, [...values]])), perMonth }
}
