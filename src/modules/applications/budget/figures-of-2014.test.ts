import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { budgetOf, euros, line, refusedBy, rulesOf, spenders } from './budget.fixture.ts'
import { anyCosts, staffKinds } from './budget-line.ts'

// Every figure of the tables of 2014, one by one, and the units on either side of each border; what the figures do
// together stands in worked-examples.test.ts.

const schools = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })

const groups = [
  ['DK', 'IE', 'LU', 'NL', 'AT', 'SE', 'LI', 'NO'],
  ['BE', 'DE', 'FR', 'IT', 'FI', 'GB', 'IS'],
  ['CZ', 'GR', 'ES', 'CY', 'MT', 'PT', 'SI'],
  ['BG', 'EE', 'HR', 'LV', 'LT', 'HU', 'PL', 'RO', 'SK', 'MK', 'TR']
]

/** What one day of each category of staff costs, by country. */
function daysIn(action: string, category: string): Map<string, number[]> {
  const rules = rulesOf(action, 2014, { durationMonths: 24 })
  const participants = spenders(...groups.flat())
  const lines = participants.flatMap(({ id }) =>
    staffKinds.map((staff) => line(category, { participant: id, staff, days: 1 }))
  )
  const { parts } = budgetOf(rules, { months: 24, participants, lines })
  return new Map(
    participants.map(({ id, country }) => [
      country,
      parts.filter((part) => part.line.participant === id).map(({ cost }) => euros(cost))
    ])
  )
}

suite('a day of work in 2014, in each country of each group', () => {
  for (const [action, category, amounts] of [
    [
      'strategic-partnerships',
      'intellectual-outputs',
      [
        [294, 241, 190, 157],
        [280, 214, 162, 131],
        [164, 137, 102, 78],
        [88, 74, 55, 39]
      ]
    ],
    ...(['knowledge-alliances', 'sector-skills-alliances'] as const).map(
      (alliances) =>
        [
          alliances,
          'implementation-support',
          [
            [353, 289, 228, 189],
            [336, 257, 194, 157],
            [197, 164, 122, 93],
            [106, 88, 66, 47]
          ]
        ] as const
    )
  ] as const) {
    test(action, () => {
      const found = daysIn(action, category)
      for (const [at, countries] of groups.entries())
        for (const country of countries) assert.deepEqual(found.get(country), amounts[at], country)
    })
  }
})

/** What a line costs, in euros, by its parts. */
function costOf(category: string, of: Parameters<typeof line>[1], rules = schools): Record<string, number> {
  const { parts } = budgetOf(rules, { months: 24, lines: [line(category, of)] })
  return Object.fromEntries(parts.map((part) => [part.category, euros(part.cost)]))
}

suite('mobilities in 2014', () => {
  const trip = (km: number) =>
    costOf('short-staff-training', { kind: 'staff', people: 1, days: 5, km })['learning-mobility-travel'] ?? 0

  test('travel is 275 euro from 100 to 1999 km, 360 from there on, and nothing nearer', () => {
    assert.deepEqual([99, 100, 499, 500, 1999, 2000, 3000, 4000, 8000].map(trip), [
      ...[0, 275, 275, 275, 275],
      ...[360, 360, 360, 360]
    ])
  })

  const stay = (category: string, kind: 'staff' | 'accompanying' | 'learner', days: number) =>
    costOf(category, { kind, people: 1, days, km: 700 })['learning-mobility-individual-support']

  test('a day costs 100 euro for staff and whoever accompanies, from the fifteenth on 70', () => {
    for (const kind of ['staff', 'accompanying'] as const)
      assert.deepEqual(
        [14, 15, 60].map((days) => stay('short-staff-training', kind, days)),
        [1400, 1470, 14 * 100 + 46 * 70]
      )
  })

  test('a day costs 55 euro for learners, from the fifteenth on 40', () => {
    for (const category of ['short-pupil-exchange', 'blended-mobility'])
      assert.deepEqual(
        [14, 15, 60].map((days) => stay(category, 'learner', days)),
        [770, 810, 14 * 55 + 46 * 40]
      )
  })

  for (const action of ['knowledge-alliances', 'sector-skills-alliances'])
    test(`${action} pay the same for a mobility that they add`, () => {
      const rules = rulesOf(action, 2014, { durationMonths: 24 })
      const travel = (km: number) => costOf('learning-mobility-travel', { people: 1, km }, rules)
      assert.deepEqual(
        [100, 1999, 2000].map((km) => travel(km)['learning-mobility-travel']),
        [275, 275, 360]
      )
      const days = (kind: 'staff' | 'learner', count: number) =>
        costOf('learning-mobility-subsistence', { kind, people: 1, days: count }, rules)[
          'learning-mobility-subsistence'
        ]
      assert.deepEqual(
        [days('staff', 14), days('staff', 15), days('learner', 14), days('learner', 15)],
        [1400, 1470, 770, 810]
      )
    })
})

suite('meetings and ceilings in 2014', () => {
  const meeting = (km: number) =>
    costOf('transnational-project-meetings', { people: 1, km, year: 1 })['transnational-project-meetings'] ??
    0

  test('a participant of a meeting costs 575 euro from 100 to 1999 km and 760 from there on', () => {
    assert.deepEqual([99, 100, 1999, 2000, 9000].map(meeting), [0, 575, 575, 760, 760])
  })

  test('three years have at most 450 000 euro, two have 300 000', () => {
    for (const [months, most] of [
      [24, 300_000],
      [36, 450_000]
    ] as const) {
      const rules = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: months })
      const lines = [line('intellectual-outputs', { staff: 'manager', days: 9000 })]
      const budget = budgetOf(rules, { months, participants: spenders('DK', 'DE', 'FR'), lines })
      assert.equal(euros(budget.grant), most)
      assert.equal(refusedBy(rules, budget, 'grant-ceiling').euros, 9000 * 294 - most)
    }
  })
})

suite('what else there was in 2014', () => {
  for (const [action, most] of [
    ['capacity-building-youth', 150_000],
    ['sport-collaborative-partnerships', 500_000]
  ] as const)
    test(`${action}: 80 per cent of the costs, at most ${most} euro`, () => {
      const rules = rulesOf(action, 2014, { durationMonths: 24 })
      const granted = (cents: number) =>
        euros(budgetOf(rules, { months: 24, lines: [line(anyCosts, { cents })] }).grant)
      assert.deepEqual([granted(1000_00), granted(1_000_000_00)], [800, most])
    })
  for (const [tied, most] of [
    [true, 300_000],
    [false, 500_000]
  ] as const)
    test(`a sport event ${tied ? 'of' : 'outside'} the European Week of Sport: at most ${most} euro`, () => {
      const rules = rulesOf('sport-events', 2014, {
        durationMonths: 12,
        answers: { europeanWeekOfSport: tied }
      })
      const budgetFor = (cents: number) => budgetOf(rules, { months: 12, lines: [line(anyCosts, { cents })] })
      assert.deepEqual(
        [1000_00, 1_000_000_00].map((cents) => euros(budgetFor(cents).grant)),
        [800, most]
      )
      const refusal = refusedBy(rules, budgetFor(1_000_000_00), 'grant-ceiling')
      assert.deepEqual(refusal, { euros: 800_000 - most, documents: ['W80'] })
    })

  test('while nobody has said which, a sport event is held to the wider ceiling, and that is said', () => {
    const rules = rulesOf('sport-events', 2014, { durationMonths: 12 })
    const budget = budgetOf(rules, { months: 12, lines: [line(anyCosts, { cents: 1_000_000_00 })] })
    assert.equal(euros(budget.grant), 500_000)
    const notSure = budget.findings.filter(({ kind }) => kind === 'not-sure')
    assert.deepEqual(
      notSure.map(({ rule, weight }) => [rule, weight]),
      [[{ ceiling: 'grant-ceiling' }, 'advises']]
    )
  })
})
