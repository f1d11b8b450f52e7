import type { ActionSpec, CompiledAction } from './check.ts'
import {
  CHARTER,
  EUROPEAN_NGO,
  NON_PROFIT,
  PARTNER,
  PUBLIC,
  proves,
  roleBits,
  type EncodedPartner
} from './encode.ts'
import { NO, YES, countryTable, maskOf, type KindMask } from './lexicon.ts'
import { partsOf, type RuleBody, type Who } from './vocabulary.ts'

/** A class of organisations that no rule of the action tells apart. */
export type Addition = {
  id: number
  /** The types and functions in it. */
  kinds: readonly string[]
  role: 'partner' | 'associated'
  /** An organisation of the class that has all papers: a charter, age, no profit where that may be. */
  partner: EncodedPartner
}

/** Countries that no rule of the action tells apart, by what sets they are in. */
export type CountryClass = { id: number; countries: readonly number[] }

export type AdditionClasses = {
  additions: readonly Addition[]
  countryClasses: readonly CountryClass[]
  /** Country → its class. */
  classOf: Int32Array
  /** The rules look at single countries, so that it matters which of those present is added to. */
  perCountry: boolean
}

/** Finds the classes once an action: what its rules cannot tell apart need not be tried twice. */
export function additionClasses({ spec, lexicon }: CompiledAction): AdditionClasses {
  const selections = spec.rules.flatMap(whosOf)
  const masks = selections.flatMap((who) =>
    [who.are, who['are-not']].flatMap((kinds) => (kinds ? [maskOf(kinds, lexicon.kindIndex)] : []))
  )
  const tables = [
    ...selections.flatMap((who) =>
      [who.in, who['not-in']].flatMap((sets) => (sets ? [countryTable(lexicon, sets)] : []))
    ),
    ...spec.rules.flatMap((rule) => groupsOf(rule).map((set) => countryTable(lexicon, [set])))
  ]
  // A function no rule speaks of is no different from its type.
  const spoken = new Set(selections.flatMap((who) => [...(who.are ?? []), ...(who['are-not'] ?? [])]))
  const needsNoProfit = selections.some((who) => who['non-profit'])
  const needsPublic = selections.some((who) => who.public)

  const bySignature = new Map<string, { kinds: string[]; partner: EncodedPartner }>()
  const candidates = [
    ...lexicon.data.types.map(({ id }) => ({ id, ...lexicon.typeMasks.get(id)! })),
    ...lexicon.data.functions.flatMap((one) => {
      if (lexicon.typeMasks.has(one.id) || !spoken.has(one.id)) return []
      // A function is suggested of an organisation of the first type that may have it.
      const type = lexicon.typeMasks.get(one['could-be']?.[0] ?? 'other')
      return type
        ? [{ id: one.id, ...type, sure: union(type.sure, maskOf([one.id], lexicon.kindIndex)) }]
        : []
    })
  ]
  for (const candidate of candidates) {
    const partner = partnerOf(candidate)
    const kinds = masks
      .map((mask) =>
        (mask.low & partner.kinds.sure.low) | (mask.high & partner.kinds.sure.high) ? '1' : '0'
      )
      .join('')
    const signature = `${kinds} ${needsNoProfit ? proves(partner, NON_PROFIT) : ''} ${needsPublic ? proves(partner, PUBLIC) : ''}`
    const same = bySignature.get(signature)
    if (same) same.kinds.push(candidate.id)
    else bySignature.set(signature, { kinds: [candidate.id], partner })
  }

  const classes = new Map<string, number[]>()
  const classOf = new Int32Array(lexicon.countryCodes.length).fill(-1)
  for (let country = 1; country < lexicon.countryCodes.length; country++) {
    const signature = tables.map((table) => table[country]).join('')
    const members = classes.get(signature) ?? []
    members.push(country)
    classes.set(signature, members)
  }
  const countryClasses = [...classes.values()].map((countries, id) => {
    for (const country of countries) classOf[country] = id
    return { id, countries }
  })
  return {
    additions: rolesToAdd(spec)
      .flatMap((role) => [...bySignature.values()].map((one) => ({ ...one, role })))
      .map(({ kinds, partner, role }, id) => ({
        id,
        kinds,
        role,
        partner: { ...partner, role: roleBits[role] }
      })),
    countryClasses,
    classOf,
    perCountry: spec.rules.some(looksAtSingleCountries)
  }
}

/** Associated organisations are worth adding only where a rule counts them. */
function rolesToAdd(spec: ActionSpec): readonly Addition['role'][] {
  const counts = (rule: RuleBody): boolean => {
    const who =
      'organisations' in rule ? rule.organisations.who : 'countries' in rule ? rule.countries.who : undefined
    return who?.roles?.includes('associated') || partsOf(rule).some(counts)
  }
  return spec.rules.some(counts) ? ['partner', 'associated'] : ['partner']
}

function partnerOf(candidate: { sure: KindMask; public: number; nonProfit: number }): EncodedPartner {
  return {
    index: -1,
    role: PARTNER,
    country: 0,
    kinds: { index: -1, sure: candidate.sure, maybe: { low: 0, high: 0 } },
    papers:
      (YES << CHARTER) |
      ((candidate.nonProfit === NO ? NO : YES) << NON_PROFIT) |
      ((candidate.public === YES ? YES : NO) << PUBLIC) |
      (NO << EUROPEAN_NGO),
    established: '0001-01-01',
    independentOf: undefined
  }
}

function union(a: KindMask, b: KindMask): KindMask {
  return { low: a.low | b.low, high: a.high | b.high }
}

/** Every `who` a rule speaks of, at any depth. */
function whosOf(rule: RuleBody): Who[] {
  const found: Who[] = []
  const visit = (value: unknown, key: string) => {
    if (Array.isArray(value)) for (const one of value) visit(one, key)
    else if (typeof value === 'object' && value !== null) {
      if (['who', 'as', 'must', 'only', 'some'].includes(key)) found.push(value as Who)
      for (const [name, one] of Object.entries(value)) visit(one, name)
    }
  }
  visit(rule, '')
  return found
}

function groupsOf(rule: RuleBody): string[] {
  return 'one-group' in rule ? rule['one-group'].of : partsOf(rule).flatMap(groupsOf)
}

function looksAtSingleCountries(rule: RuleBody): boolean {
  if ('own-country' in rule || 'in-each-country' in rule) return true
  return whosOf(rule).some((who) => who.country !== undefined) || partsOf(rule).some(looksAtSingleCountries)
}
