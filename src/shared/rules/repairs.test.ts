import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { apply, draftOf, type Change } from './changes.ts'
import { check, compileAction, type CompiledAction } from './check.ts'
import type { Consortium, Partner } from './consortium.ts'
import type { ValueName } from './vocabulary.ts'
import { COORDINATOR, LEFT_OUT, encode, type Encoded } from './encode.ts'
import { additionClasses } from './additions.ts'
import { compileRepairs, notMetAfter, plainChanges } from './repairs.ts'
import { action, consortium, partner, rule, smallLexicon } from './rules.fixture.ts'

const programme = { in: ['programme-countries'] }

test('a consortium that is eligible needs no change', () => {
  const ready = compileAction(action(rule('two', { organisations: { 'at-least': 2 } })), smallLexicon)
  const repairs = compileRepairs(ready)(consortium([partner({ role: 'coordinator' }), partner()]))
  assert.equal(repairs.size, 0)
  assert.deepEqual(repairs.sets, [])
})

test('one added organisation can mend the number, the countries and the universities at once', () => {
  const ready = compileAction(
    action(
      rule('three', { organisations: { 'at-least': 3, who: programme } }),
      rule('countries', { countries: { 'at-least': 3, who: programme } }),
      rule('universities', { organisations: { 'at-least': 1, who: { are: ['university'], ...programme } } })
    ),
    smallLexicon
  )
  const repairs = compileRepairs(ready)(
    consortium([
      partner({ role: 'coordinator', type: 'school' }),
      partner({ country: 'EE', type: 'enterprise' })
    ])
  )
  assert.equal(repairs.size, 1)
  const [first] = repairs.sets
  assert.deepEqual(first!.changes[0]!.rules.toSorted(), ['countries', 'three', 'universities'])
})

test('a coordinator that may not coordinate hands over, when somebody else may', () => {
  const ready = compileAction(
    action(rule('coordinator', { everyone: { who: { roles: ['coordinator'] }, must: programme } })),
    smallLexicon
  )
  const repairs = compileRepairs(ready)(
    consortium([partner({ role: 'coordinator', country: 'US' }), partner()])
  )
  assert.equal(repairs.size, 1)
  assert.deepEqual(
    repairs.sets[0]!.changes.map(({ kind }) => kind),
    ['coordinator']
  )
})

/** Rules of every word that composition can mend, with small numbers, so that every set of changes can be tried. */
const anyWho = fc.constantFrom<object>(
  {},
  { in: ['programme-countries'] },
  { are: ['university'], in: ['programme-countries'] },
  { are: ['school', 'ministry'] },
  { in: ['region-2', 'region-3'] },
  { in: ['member-states'] }
)
const anyRule = fc.oneof(
  fc
    .record({ n: fc.integer({ min: 1, max: 4 }), who: anyWho })
    .map(({ n, who }) => ({ organisations: { 'at-least': n, who } })),
  fc
    .record({ n: fc.integer({ min: 0, max: 3 }), who: anyWho })
    .map(({ n, who }) => ({ organisations: { 'at-most': n, who } })),
  fc
    .record({ n: fc.integer({ min: 1, max: 3 }), who: anyWho })
    .map(({ n, who }) => ({ countries: { 'at-least': n, who } })),
  fc.constant({ 'own-country': { who: { in: ['programme-countries'] } } }),
  fc.constant({ everyone: { who: { roles: ['coordinator'] }, must: { in: ['programme-countries'] } } }),
  fc.constant({ everyone: { must: { 'not-in': ['US'] } } }),
  fc.constant({
    everyone: { who: { roles: ['coordinator', 'partner', 'associated'] }, must: { 'not-in': ['GE'] } }
  }),
  fc.constant({
    everyone: { who: { are: ['university'], in: ['programme-countries'] }, must: { charter: true } }
  }),
  fc.constant({
    'at-least-as-many': { who: { 'not-in': ['programme-countries'] }, as: { in: ['programme-countries'] } }
  }),
  fc.constant({ 'one-group': { who: { 'not-in': ['programme-countries'] }, of: ['region-2', 'region-3'] } }),
  fc.constant({
    'in-each-country': {
      of: 'all',
      who: { in: ['programme-countries'] },
      needs: [{ 'at-least': 1, who: { are: ['university'] } }]
    }
  }),
  fc.constant({
    'in-each-country': {
      of: { 'at-least': 1, 'besides-coordinator': true },
      who: { in: ['programme-countries'] },
      needs: [{ 'at-least': 2, who: { are: ['school'] } }]
    }
  }),
  fc.constant({
    'any-of': [
      { organisations: { 'at-least': 3 } },
      { 'all-of': [{ everyone: { must: { are: ['school'] } } }, { organisations: { 'at-least': 2 } }] }
    ]
  }),
  fc.constant({
    'any-of': [
      { countries: { 'at-least': 3 } },
      { when: { only: { are: ['school'] } }, countries: { 'at-least': 2 } }
    ]
  }),
  fc.constant({ organisations: { 'at-least': 3, independent: true } }),
  fc.constant({ value: { of: 'durationMonths', 'one-of': [24, 36] } }),
  fc.constant({ value: { of: 'grantEur', 'at-least': 100, 'at-most': 200 } }),
  fc.constant({
    value: {
      of: 'grantEur',
      cases: [
        { if: { durationMonths: 24 }, 'at-most': 200 },
        { if: { durationMonths: 36 }, 'at-most': 300 }
      ]
    }
  }),
  fc.constant({ value: { of: 'grantEur', 'at-most': 100, per: 'year' } }),
  fc.constant({
    value: { of: 'grantEur', 'at-most': 50, per: 'organisation-and-year', who: { are: ['school'] } }
  })
)
const anyPartner = (role: Partner['role']) =>
  fc.record({
    country: fc.constantFrom('LV', 'EE', 'NO', 'UA', 'TN', 'US', 'GE', null),
    type: fc.constantFrom('university', 'school', 'enterprise', 'public-body', null),
    role:
      role === 'coordinator'
        ? fc.constant(role)
        : fc.constantFrom<Partner['role']>('partner', 'partner', 'associated'),
    charter: fc.boolean()
  })
const anyCase = fc.record({
  durationMonths: fc.constantFrom(12, 24, 30, undefined),
  grantEur: fc.constantFrom(90, 150, 250, undefined),
  words: fc.array(anyRule, { minLength: 1, maxLength: 4 }),
  partners: fc
    .tuple(anyPartner('coordinator'), fc.array(anyPartner('partner'), { maxLength: 3 }))
    .map(([first, rest]): Partner[] => [first, ...rest])
})

const MOST = 3

function given(durationMonths: number | undefined, grantEur: number | undefined): Partial<Consortium> {
  return { ...(durationMonths && { durationMonths }), ...(grantEur && { grantEur }) }
}

test('no set of changes is smaller than the smallest one found: tried against every set there is', () => {
  fc.assert(
    fc.property(anyCase, ({ words, partners, durationMonths, grantEur }) => {
      const ready = compileAction(
        action(...words.map((word, index) => rule(`rule-${index}`, word))),
        smallLexicon
      )
      const asked = consortium(partners, given(durationMonths, grantEur))
      const found = compileRepairs(ready)(asked, { maxChanges: MOST, maxWork: Infinity })
      const smallest = smallestByTrying(ready, encode(asked, smallLexicon), MOST)
      assert.equal(found.none ? undefined : found.size, smallest)
    }),
    { numRuns: 300 }
  )
})

test('a repair applied leaves no rule not met, and without any one of its changes some rule is', () => {
  fc.assert(
    fc.property(anyCase, ({ words, partners, durationMonths, grantEur }) => {
      const ready = compileAction(
        action(...words.map((word, index) => rule(`rule-${index}`, word))),
        smallLexicon
      )
      const encoded = encode(consortium(partners, given(durationMonths, grantEur)), smallLexicon)
      const found = compileRepairs(ready)(encoded, { maxChanges: 5 })
      for (const { changes } of found.sets) {
        const plain = plainChanges(changes)
        assert.deepEqual(
          notMetAfter(ready, encoded, plain).map(({ spec }) => spec.id),
          []
        )
        for (const change of changes) assert.ok(change.rules.length > 0, `${change.kind} answers no rule`)
      }
    }),
    { numRuns: 300 }
  )
})

/** Every set of changes, smallest first, without any cleverness. */
function smallestByTrying(ready: CompiledAction, encoded: Encoded, most: number): number | undefined {
  const draft = draftOf(encoded)
  const broken = () => {
    const marked = ready.context.selections.mark(draft)
    return ready.rules.some((one) => one.evaluate(marked)?.answer === 'not-met')
  }
  const holds = (left: number): boolean => {
    if (!broken()) return true
    if (left === 0) return false
    return everyChange(ready, draft, encoded.partners.length).some((change) => {
      const undo = apply(draft, change)
      const mended = holds(left - 1)
      undo()
      return mended
    })
  }
  for (let size = 0; size <= most; size++) if (holds(size)) return size
  return undefined
}

/** Every limit the rules above set, and enough between them. */
const someNumbers: [ValueName, number[]][] = [
  ['grantEur', [50, 75, 100, 150, 200, 250, 300, 400, 600]],
  ['durationMonths', [12, 24, 30, 36, 60]]
]

function everyChange(ready: CompiledAction, draft: Encoded, given: number): Change[] {
  const { additions } = additionClasses(ready)
  const countries = smallLexicon.countryCodes.map((_, index) => index).slice(1)
  const spoken = ready.spec.rules.some((one) => 'value' in one)
  const numbers = spoken ? someNumbers : []
  return [
    ...draft.partners.flatMap((one): Change[] => {
      if (one.role === LEFT_OUT) return []
      const own = one.index < given
      if (one.role === COORDINATOR) return own ? [{ kind: 'charter', partner: one.index }] : []
      return [
        ...(own
          ? ([
              { kind: 'charter', partner: one.index },
              { kind: 'leave-out', partner: one.index },
              { kind: 'role', partner: one.index, role: 'associated' },
              { kind: 'role', partner: one.index, role: 'partner' }
            ] as Change[])
          : []),
        ...(one.role === 2 ? [{ kind: 'coordinator', partner: one.index } as Change] : [])
      ]
    }),
    ...additions.flatMap((addition) =>
      countries.map((country): Change => ({ kind: 'add', addition, country }))
    ),
    ...numbers.flatMap(([name, values]) => values.map((value): Change => ({ kind: 'value', name, value })))
  ]
}

test('repairs never change the consortium they are asked about', () => {
  const ready = compileAction(action(rule('three', { organisations: { 'at-least': 3 } })), smallLexicon)
  const encoded = encode(consortium([partner({ role: 'coordinator' })]), smallLexicon)
  const before = JSON.stringify(encoded.partners)
  compileRepairs(ready)(encoded)
  assert.equal(JSON.stringify(encoded.partners), before)
  assert.equal(check(ready, encoded).answer, 'not-eligible')
})
