import type { ActionSpec, RuleSpec } from './check.ts'
import type { Consortium, Partner } from './consortium.ts'
import { makeLexicon } from './lexicon.ts'

/** A small world for tests: three Member States, one associated country, two regions, five kinds of organisation. */
export const smallLexicon = makeLexicon({
  countries: ['LV', 'EE', 'LT', 'NO', 'UA', 'GE', 'TN', 'US'],
  sets: {
    'member-states': ['LV', 'EE', 'LT'],
    'programme-countries': ['LV', 'EE', 'LT', 'NO'],
    'region-2': ['UA', 'GE'],
    'region-3': ['TN']
  },
  types: [
    { id: 'university' },
    { id: 'school' },
    { id: 'enterprise', 'non-profit': 'no' },
    { id: 'public-body', public: 'yes', 'non-profit': 'yes' },
    { id: 'other' }
  ],
  functions: [{ id: 'ministry', 'could-be': ['public-body'] }]
})

/** A rule without what only people read. */
export function rule(id: string, word: object, more: Partial<RuleSpec> = {}): RuleSpec {
  return {
    id,
    says: { en: id, lv: id },
    severity: 'block',
    confidence: 'source-document',
    ...word,
    ...more
  } as RuleSpec
}

export function action(...rules: RuleSpec[]): ActionSpec {
  return {
    action: 'test-action',
    edition: 2020,
    fields: ['school', 'youth'],
    deadlines: [{ on: '2020-03-24' }],
    rules
  }
}

/** A partner; a coordinator of the university kind from Latvia with charter unless said otherwise. */
export function partner(given: Partial<Partner> = {}): Partner {
  return { country: 'LV', type: 'university', role: 'partner', charter: true, ...given }
}

export function consortium(partners: Partner[], more: Partial<Consortium> = {}): Consortium {
  return { partners, ...more }
}
