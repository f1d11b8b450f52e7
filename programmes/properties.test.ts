import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAll, checkAction } from '#modules/programmes'
import { loadProgrammes } from '#server/programmes'
import type { Consortium, Partner } from '#shared/rules/consortium.ts'
import { notMetAfter, plainChanges } from '#shared/rules/repairs.ts'
import { fc } from '../tests/drawn-cases.ts'

/** What must hold for any consortium under the real rules of any edition. */
const programmes = loadProgrammes(import.meta.dirname)
const types = programmes.programme.types.map(({ id }) => id)

const anyPartner: fc.Arbitrary<Partner> = fc.record({
  country: fc.constantFrom(
    'LV',
    'EE',
    'DE',
    'FR',
    'NO',
    'TR',
    'RS',
    'UA',
    'BA',
    'MA',
    'KE',
    'BR',
    'GB',
    'CH',
    'BY',
    'US',
    null
  ),
  type: fc.option(fc.constantFrom(...types), { nil: null }),
  role: fc.constantFrom<Partner['role']>('partner', 'partner', 'partner', 'associated', 'affiliated'),
  charter: fc.constantFrom(true, false, null)
})
const anyConsortium: fc.Arbitrary<Consortium> = fc
  .record({
    partners: fc.array(anyPartner, { minLength: 1, maxLength: 10 }),
    field: fc.constantFrom('higher-education', 'vet', 'school', 'adult', 'youth', 'sport'),
    durationMonths: fc.constantFrom(6, 12, 18, 24, 36, 48),
    grantEur: fc.constantFrom(30_000, 120_000, 400_000, 1_000_000),
    lot: fc.constantFrom(1, 2, 3)
  })
  .map(({ partners: [first, ...rest], lot, ...more }) => ({
    ...more,
    partners: [{ ...first!, role: 'coordinator' }, ...rest],
    answers: { lot, strand: lot, scope: 'national', kind: 'innovation' }
  }))
const anyEdition = fc.constantFrom(...programmes.editions)

const answersOf = (edition: number, consortium: Consortium) =>
  Object.fromEntries(
    checkAll(programmes.edition(edition)!, consortium).map(({ action, result }) => [
      action.spec.action,
      [result.answer, ...result.verdicts.map(({ rule, answer }) => `${rule.spec.id} ${answer}`)]
    ])
  )

test('the order in which partners are named never matters', () => {
  fc.assert(
    fc.property(anyEdition, anyConsortium, fc.infiniteStream(fc.nat()), (edition, consortium, luck) => {
      const shuffled = consortium.partners
        .map((partner) => ({ partner, place: luck.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ partner }) => partner)
      assert.deepEqual(
        answersOf(edition, { ...consortium, partners: shuffled }),
        answersOf(edition, consortium)
      )
    }),
    { numRuns: 150 }
  )
})

test('an associated partner more changes no count of an action that does not count them', () => {
  fc.assert(
    fc.property(
      anyEdition,
      anyConsortium,
      fc.constantFrom('LV', 'EE', 'DE'),
      (edition, consortium, country) => {
        const one: Partner = { country, type: 'ngo', role: 'associated' }
        const more = { ...consortium, partners: [...consortium.partners, one] }
        const before = checkAll(programmes.edition(edition)!, consortium)
        for (const { action, result } of before) {
          // Two types of sport events do count them (guide 2026, page 359).
          if (action.spec.action === 'sport-events') continue
          const after = checkAction(action, more).result
          for (const { rule, answer } of result.verdicts) {
            if (!('organisations' in rule.spec) && !('countries' in rule.spec)) continue
            assert.equal(
              after.verdicts.find((one) => one.rule === rule)?.answer,
              answer,
              `${action.spec.action} ${rule.spec.id}`
            )
          }
        }
      }
    ),
    { numRuns: 150 }
  )
})

test('an associated organisation more does count for a European-wide sport event', () => {
  const action = programmes.edition(2026)!.actions.get('sport-events')!
  const countries = ['LV', 'EE', 'LT', 'PL', 'DE', 'FR', 'ES', 'IT', 'AT']
  const associated = countries.map((country): Partner => ({
    country,
    type: 'sport-organisation',
    role: 'associated'
  }))
  const consortium = (partners: Partner[]): Consortium => ({ partners, answers: { eventType: 'european' } })
  const coordinator: Partner = { country: 'FI', type: 'sport-organisation', role: 'coordinator' }
  const counts = (partners: Partner[]) =>
    checkAction(action, consortium(partners)).result.verdicts.filter(
      ({ rule, answer }) => 'organisations' in rule.spec && answer === 'not-met'
    ).length
  assert.equal(counts([coordinator, ...associated]), 0)
  assert.ok(counts([coordinator, ...associated.slice(1)]) > 0)
})

test('a repair applied leaves no blocking rule not met, under the real rules', () => {
  fc.assert(
    fc.property(anyEdition, anyConsortium, (edition, consortium) => {
      for (const { action, result } of checkAll(programmes.edition(edition)!, consortium)) {
        const { sets } = action.repairs(result.encoded)
        for (const { changes } of sets.slice(0, 5)) {
          const left = notMetAfter(action.compiled, result.encoded, plainChanges(changes))
          assert.deepEqual(
            left.map(({ spec }) => spec.id),
            [],
            `${action.spec.action} ${JSON.stringify(changes)}`
          )
          for (const change of changes)
            assert.ok(change.rules.length > 0, `${change.kind} is needed by no rule`)
        }
      }
    }),
    { numRuns: 25 }
  )
})
