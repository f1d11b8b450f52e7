import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { budgetOf, euros, line, refusedBy, rulesOf, spenders } from './budget.fixture.ts'

suite('a cooperation partnership of 2026 chooses a lump sum', () => {
  const rules = rulesOf('cooperation-partnerships', 2026, { field: 'vet', durationMonths: 24 })
  const share = (category: string, workPackage: string, participant: string, whole: number) =>
    line(category, { workPackage, participant, cents: whole * 100 })
  const shares = (management: number, rest: number) => [
    share('management-work-package', 'wp1', 'p0', management),
    share('work-packages', 'wp2', 'p1', rest)
  ]
  const kinds = (lumpSum: number | undefined, lines: ReturnType<typeof shares>) =>
    budgetOf(rules, { lumpSum, lines }).findings.map(({ kind }) => kind)

  test('one of the sums on offer, and nothing in between', () => {
    assert.deepEqual(kinds(undefined, shares(20000, 100000)), ['missing-lump-sum'])
    assert.deepEqual(kinds(130_000_00, shares(20000, 110000)), ['missing-lump-sum'])
    assert.deepEqual(kinds(120_000_00, shares(20000, 100000)), [])
  })

  test('the shares of work packages and partners add up to it', () => {
    const less = budgetOf(rules, { lumpSum: 250_000_00, lines: shares(20000, 100000) })
    assert.deepEqual(
      less.findings.map(({ kind, weight, values }) => [kind, weight, values]),
      [['does-not-add-up', 'blocks', { planned: 120_000_00, chosen: 250_000_00 }]]
    )
    const more = budgetOf(rules, { lumpSum: 120_000_00, lines: shares(20000, 110000) })
    assert.equal(euros(more.grant), 120000)
    assert.equal(refusedBy(rules, more, 'over-lump-sum').euros, 10000)
  })

  test('management takes at most a fifth of it', () => {
    const budget = budgetOf(rules, { lumpSum: 120_000_00, lines: shares(30000, 90000) })
    assert.deepEqual(refusedBy(rules, budget, 'percent-of-grant'), { euros: 6000, documents: ['guide-2026'] })
  })

  test('there is a package for management, and more than five in all are advised against', () => {
    const lines = [1, 2, 3, 4, 5, 6].map((at) => share('work-packages', `wp${at}`, 'p0', 20000))
    const { findings } = budgetOf(rules, { lumpSum: 120_000_00, lines })
    assert.deepEqual(
      findings.map(({ kind, weight, values }) => [kind, weight, values]),
      [
        ['work-packages', 'advises', { count: 6 }],
        ['work-packages', 'blocks', { count: 0 }]
      ]
    )
  })
})

suite('a budget of 2021 at a national agency', () => {
  const rules = rulesOf('cooperation-partnerships', 2021, {
    field: 'school',
    durationMonths: 24,
    partners: [{ country: 'LV', type: 'school', role: 'coordinator', europeanNgo: false }]
  })

  test('travels greener for more, where an amount is named for it', () => {
    const trip = (km: number, travel: 'green' | 'standard') => {
      const lines = [line('learning-travel', { people: 1, km, travel })]
      return euros(budgetOf(rules, { months: 24, lines }).cost)
    }
    assert.deepEqual([trip(700, 'standard'), trip(700, 'green'), trip(5000, 'green')], [275, 320, 820])
  })

  test('has events on site for 30 000 euro and virtual ones for 5000 more', () => {
    const lines = [
      line('multiplier-events', { kind: 'abroad', people: 160 }),
      line('multiplier-events', { kind: 'virtual', people: 400 })
    ]
    const budget = budgetOf(rules, { months: 24, lines })
    assert.deepEqual(
      budget.parts.map(({ cost, grant }) => [euros(cost), euros(grant)]),
      [
        [32000, 30000],
        [6000, 5000]
      ]
    )
  })
})

suite('what a trip really costs', () => {
  const rules = rulesOf('strategic-partnerships', 2019, { field: 'vet', durationMonths: 24 })
  const trip = (whole: number) =>
    budgetOf(rules, {
      months: 24,
      lines: [line('expensive-travel', { people: 1, km: 300, cents: whole * 100 })]
    })
  test('is paid at 80 per cent where the unit covers less than 70 per cent of it', () => {
    // The unit for 300 km is 180 euro.
    assert.equal(euros(trip(300).grant), 240)
    assert.equal(trip(250).grant, 0)
    assert.equal(refusedBy(rules, trip(250), 'unit-is-enough').euros, 200)
  })
})

suite('actions of the executive agency', () => {
  test('an alliance gets 80 per cent of its costs, at most 1 000 000 euro for 2 years', () => {
    const rules = rulesOf('alliances-for-innovation', 2026, { durationMonths: 24, answers: { lot: 1 } })
    const small = budgetOf(rules, { months: 24, lines: [line('staff', { cents: 500_000_00 })] })
    assert.deepEqual([euros(small.grant), refusedBy(rules, small, 'share').euros], [400000, 100000])
    const large = budgetOf(rules, { months: 24, lines: [line('staff', { cents: 2_000_000_00 })] })
    assert.deepEqual([euros(large.grant), refusedBy(rules, large, 'grant-ceiling').euros], [1000000, 600000])
  })

  test('money for third parties is not allowed', () => {
    const rules = rulesOf('alliances-for-innovation', 2026, { durationMonths: 24, answers: { lot: 1 } })
    const lines = [line('financial-support-to-third-parties', { cents: 1000_00 })]
    const budget = budgetOf(rules, { months: 24, lines })
    assert.equal(budget.grant, 0)
    assert.equal(refusedBy(rules, budget, 'not-allowed').euros, 1000)
  })

  test('equipment takes at most 35 per cent of the grant, subcontracting 10, the rest is paid at 90', () => {
    const rules = rulesOf('capacity-building-higher-education', 2026, {
      durationMonths: 36,
      answers: { strand: 2 }
    })
    const lines = [
      line('staff', { cents: 400_000_00 }),
      line('equipment', { cents: 300_000_00 }),
      line('subcontracting', { cents: 100_000_00 })
    ]
    const budget = budgetOf(rules, { months: 36, lines })
    const of = (category: string) => budget.parts.find((part) => part.category === category)!.grant
    assert.equal(euros(of('staff')), 360000)
    assert.ok(of('equipment') <= budget.grant * 0.35)
    assert.ok(of('subcontracting') <= budget.grant * 0.1)
    assert.ok(budget.grant - of('equipment') / 0.35 < 1000, 'and not much less')
  })

  test('an associated partner is not funded', () => {
    const rules = rulesOf('alliances-for-innovation', 2026, { durationMonths: 24, answers: { lot: 1 } })
    const participants = [...spenders('LV'), { ...spenders('LV', 'CH')[1]!, role: 'associated' as const }]
    const lines = [line('staff', { participant: 'p1', cents: 1000_00 })]
    const budget = budgetOf(rules, { months: 24, participants, lines })
    assert.equal(refusedBy(rules, budget, 'associated').euros, 1000)
  })

  test('a master has students and scholarships by the month, and steps for individual needs', () => {
    const rules = rulesOf('erasmus-mundus-joint-masters', 2026, { answers: { masterMonths: 24 } })
    const lines = [
      line('institutional-costs', { people: 120, months: 24 }),
      line('scholarships', { people: 50, months: 24 }),
      line('individual-needs', { cents: 7000_00 }),
      line('individual-needs', { cents: 2999_00 })
    ]
    const budget = budgetOf(rules, { months: 74, lines })
    assert.deepEqual(
      budget.parts.map(({ grant }) => euros(grant)),
      [100 * 24 * 750, 50 * 24 * 1400, 6000, 0]
    )
  })
})

suite('school exchanges of 2019', () => {
  test('get at most 16 500 euro a school and year; special needs come on top', () => {
    const partners = ['LV', 'LT'].map((country, at) => ({
      country,
      type: 'school',
      role: at === 0 ? ('coordinator' as const) : ('partner' as const)
    }))
    const rules = rulesOf('school-exchange-partnerships', 2019, {
      field: 'school',
      durationMonths: 24,
      partners
    })
    const lines = [
      line('exceptional-costs', { cents: 66_000_00 }),
      line('learning-mobility-travel', { people: 100, km: 700 }),
      line('special-needs-support', { cents: 5000_00 })
    ]
    const budget = budgetOf(rules, { months: 24, lines, participants: spenders('LV', 'LT') })
    assert.equal(euros(budget.grant), 2 * 2 * 16500 + 5000)
  })
})
