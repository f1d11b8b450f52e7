import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { budgetOf, euros, line, refusedBy, rulesOf, spenders } from './budget.fixture.ts'

// Worked by hand from what the documents say, one test for each figure of the slides of 2014 and then for those of
// later editions.

const schools2014 = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })
const of2014 = { months: 24 }
const twelve = spenders('LV', 'LT', 'DE', 'EE', 'FI', 'SE', 'PL', 'FR', 'IT', 'ES', 'PT', 'GR')

suite('a strategic partnership of 2014', () => {
  test('manages its project for 500 euro a month at the coordinator and 250 at a partner', () => {
    const lines = [
      line('project-management', { months: 24 }),
      line('project-management', { participant: 'p1', months: 24 })
    ]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.deepEqual(
      budget.parts.map(({ grant }) => euros(grant)),
      [12000, 6000]
    )
    assert.equal(budget.unverified, 0)
  })

  test('is paid for management at 10 organisations, not at the eleventh and twelfth', () => {
    const lines = twelve.map(({ id }) => line('project-management', { participant: id, months: 24 }))
    const budget = budgetOf(schools2014, { ...of2014, participants: twelve, lines })
    assert.equal(euros(budget.grant), 24 * 2750)
    assert.deepEqual(refusedBy(schools2014, budget, 'organisations'), {
      euros: 12000,
      documents: ['seed-003']
    })
  })

  test('meets for at most 23 000 euro a year; a meeting is paid by the distance', () => {
    const near = line('transnational-project-meetings', { people: 20, km: 640, year: 1 })
    const far = line('transnational-project-meetings', { people: 20, km: 2000, year: 1 })
    const later = line('transnational-project-meetings', { people: 10, km: 1999, year: 2 })
    const budget = budgetOf(schools2014, { ...of2014, lines: [near, far, later] })
    assert.deepEqual(
      budget.parts.map(({ cost }) => euros(cost)),
      [11500, 15200, 5750]
    )
    assert.equal(euros(budget.grant), 23000 + 5750)
    assert.deepEqual(refusedBy(schools2014, budget, 'per-year'), { euros: 3700, documents: ['seed-003'] })
    assert.equal(budget.unverified, budget.grant)
  })

  test('gets nothing for a meeting nearer than 100 km, and is told so', () => {
    const lines = [line('transnational-project-meetings', { people: 4, km: 99, year: 1 })]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.equal(budget.grant, 0)
    assert.deepEqual(
      budget.findings.map(({ kind, values }) => [kind, values]),
      [['no-rate', { km: 99 }]]
    )
  })

  test('works on results in 4 categories of staff, in Latvia for 88, 74, 55 and 39 euro a day', () => {
    const kinds = ['manager', 'teacher-trainer-researcher', 'technician', 'administrative'] as const
    const lines = kinds.map((staff) => line('intellectual-outputs', { staff, days: 10 }))
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.deepEqual(
      budget.parts.map(({ cost }) => euros(cost)),
      [880, 740, 550, 390]
    )
  })

  test('pays the same day by the country of the organisation', () => {
    const days = { staff: 'teacher-trainer-researcher', days: 1 } as const
    const participants = spenders('DK', 'DE', 'CZ', 'LV', 'US', 'GE')
    const lines = participants.map(({ id }) => line('intellectual-outputs', { ...days, participant: id }))
    const budget = budgetOf(schools2014, { ...of2014, participants, lines })
    // Partner countries that no group names are in the last.
    assert.deepEqual(
      budget.parts.map(({ cost }) => euros(cost)),
      [241, 214, 137, 74, 241, 74]
    )
  })

  const output = () => line('intellectual-outputs', { staff: 'technician', days: 1 })
  const event = (of: object) => line('multiplier-events', of)

  test('spreads results for 100 euro a local participant and 200 from abroad', () => {
    const lines = [output(), event({ kind: 'local', people: 30 }), event({ kind: 'abroad', people: 10 })]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.deepEqual(
      budget.parts.map(({ grant }) => euros(grant)),
      [55, 3000, 2000]
    )
  })

  test('has no event without results', () => {
    const budget = budgetOf(schools2014, { ...of2014, lines: [event({ kind: 'local', people: 30 })] })
    assert.equal(budget.grant, 0)
    assert.deepEqual(refusedBy(schools2014, budget, 'only-with'), { euros: 3000, documents: ['seed-003'] })
  })

  test('has events for at most 30 000 euro, and for 200 participants', () => {
    const lines = [output(), event({ kind: 'local', people: 80 }), event({ kind: 'abroad', people: 160 })]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    // 160 from abroad and 40 local ones are the 200 who bring the most: 36 000 euro, of which 30 000 are paid.
    assert.equal(refusedBy(schools2014, budget, 'people').euros, 4000)
    assert.deepEqual(refusedBy(schools2014, budget, 'per-project'), { euros: 6000, documents: ['seed-003'] })
    assert.equal(euros(budget.grant), 30055)
  })

  const going = { people: 2, km: 700 }
  const stays = (category: string, of: object) => {
    const budget = budgetOf(schools2014, { ...of2014, lines: [line(category, { ...going, ...of })] })
    return [refusedBy(schools2014, budget, 'stay').euros > 0, refusedBy(schools2014, budget, 'age').euros > 0]
  }

  test('sends groups of pupils for 5 days to 2 months, of any age', () => {
    assert.deepEqual(stays('short-pupil-exchange', { kind: 'learner', days: 4 }), [true, false])
    assert.deepEqual(stays('short-pupil-exchange', { kind: 'learner', days: 5, age: 9 }), [false, false])
    assert.deepEqual(stays('short-pupil-exchange', { kind: 'learner', days: 60 }), [false, false])
    assert.deepEqual(stays('short-pupil-exchange', { kind: 'learner', days: 61 }), [true, false])
  })

  test('sends pupils for 2 to 12 months from the age of 14', () => {
    assert.deepEqual(stays('long-pupil-mobility', { kind: 'learner', months: 1, age: 14 }), [true, false])
    assert.deepEqual(stays('long-pupil-mobility', { kind: 'learner', months: 2, age: 14 }), [false, false])
    assert.deepEqual(stays('long-pupil-mobility', { kind: 'learner', months: 12, age: 14 }), [false, false])
    assert.deepEqual(stays('long-pupil-mobility', { kind: 'learner', months: 13, age: 14 }), [true, false])
    assert.deepEqual(stays('long-pupil-mobility', { kind: 'learner', months: 6, age: 13 }), [false, true])
  })

  test('sends staff for 2 to 12 months, trains them together for 5 days to 2 months', () => {
    assert.deepEqual(stays('long-staff-mobility', { kind: 'staff', months: 1 }), [true, false])
    assert.deepEqual(stays('long-staff-mobility', { kind: 'staff', months: 12 }), [false, false])
    assert.deepEqual(stays('short-staff-training', { kind: 'staff', days: 4 }), [true, false])
    assert.deepEqual(stays('short-staff-training', { kind: 'staff', days: 5 }), [false, false])
  })

  test('blends a stay of less than 2 months with virtual mobility', () => {
    assert.deepEqual(stays('blended-mobility', { kind: 'learner', days: 30 }), [false, false])
    assert.deepEqual(stays('blended-mobility', { kind: 'learner', months: 3 }), [true, false])
  })

  test('pays a mobility as its travel and its stay: 20 days are 14 of one price and 6 of another', () => {
    const lines = [line('short-staff-training', { kind: 'staff', people: 2, km: 700, days: 20 })]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.deepEqual(
      budget.parts.map(({ category, cost }) => [category, euros(cost)]),
      [
        ['learning-mobility-individual-support', 2 * (14 * 100 + 6 * 70)],
        ['learning-mobility-travel', 2 * 275]
      ]
    )
    assert.equal(budget.unverified, budget.grant)
  })

  test('says plainly that amounts for long stays are not known', () => {
    const lines = [line('long-staff-mobility', { kind: 'staff', people: 1, km: 700, months: 6 })]
    const found = budgetOf(schools2014, { ...of2014, lines }).findings
    assert.deepEqual(
      found.map(({ kind, values }) => [kind, values]),
      [['rate-not-known', { days: 60 }]]
    )
  })

  test('learns languages only for stays of 2 to 12 months', () => {
    const support = (months: number) =>
      budgetOf(schools2014, { ...of2014, lines: [line('linguistic-support', { people: 3, months })] })
    assert.equal(euros(support(6).grant), 450)
    assert.equal(support(1).grant, 0)
    assert.deepEqual(refusedBy(schools2014, support(1), 'stay'), { euros: 450, documents: ['seed-003'] })
  })

  test('has other costs paid at 75 per cent, at most 50 000 euro, and special needs whole', () => {
    const lines = [
      line('exceptional-costs', { cents: 80_000_00 }),
      line('special-needs-support', { cents: 1_234_56 })
    ]
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.equal(refusedBy(schools2014, budget, 'share').euros, 20000)
    assert.deepEqual(refusedBy(schools2014, budget, 'per-project'), { euros: 10000, documents: ['seed-003'] })
    assert.equal(euros(budget.grant), 50000 + 1234.56)
  })

  test('is refused nothing of a cost of nothing, and the cent that 75 per cent of a cent is short of', () => {
    const lines = [0, 1].map((cents) => line('exceptional-costs', { cents }))
    const budget = budgetOf(schools2014, { ...of2014, lines })
    assert.deepEqual(
      budget.parts.map(({ refusals }) => refusals.map(({ kind, cents }) => [kind, cents])),
      [[], [['share', 1]]]
    )
  })

  test('gets at most 150 000 euro a year', () => {
    const participants = spenders('DK', 'DE', 'FR')
    const lines = [line('intellectual-outputs', { staff: 'manager', days: 1200 })]
    const budget = budgetOf(schools2014, { ...of2014, participants, lines })
    assert.equal(euros(budget.cost), 352800)
    assert.equal(euros(budget.grant), 300000)
    const { euros: refused, documents } = refusedBy(schools2014, budget, 'grant-ceiling')
    assert.equal(refused, 52800)
    assert.ok(documents.includes('seed-003'))
  })

  test('must say why it meets, works on results and travels', () => {
    const silent = ['transnational-project-meetings', 'intellectual-outputs', 'short-staff-training'].map(
      (category) =>
        line(category, {
          justification: undefined,
          staff: 'manager',
          kind: 'staff',
          people: 1,
          days: 6,
          km: 300,
          year: 1
        })
    )
    const asked = budgetOf(schools2014, { ...of2014, lines: silent }).findings
    // A manager at work on a result is asked twice: for the result, and why a manager.
    assert.equal(asked.filter(({ kind, weight }) => kind === 'justify' && weight === 'blocks').length, 4)
  })
})

suite('alliances of 2014', () => {
  for (const action of ['knowledge-alliances', 'sector-skills-alliances']) {
    for (const [months, most] of [
      [24, 700000],
      [36, 1000000]
    ] as const) {
      test(`${action}: at most ${most} euro for ${months / 12} years`, () => {
        const rules = rulesOf(action, 2014, { durationMonths: months })
        const lines = [line('implementation-support', { staff: 'manager', days: 11000 })]
        const budget = budgetOf(rules, { months, lines })
        assert.equal(euros(budget.grant), most)
        const { euros: refused, documents } = refusedBy(rules, budget, 'grant-ceiling')
        assert.equal(refused, 1166000 - most)
        assert.ok(documents.includes('seed-003'))
      })
    }
  }

  test('a duration for which no ceiling is named is said, not guessed', () => {
    const rules = rulesOf('knowledge-alliances', 2014, { durationMonths: 30 })
    const { findings } = budgetOf(rules, { months: 30, lines: [] })
    assert.deepEqual(
      findings.map(({ kind, values }) => [kind, values]),
      [['ceiling-not-named', { months: 30 }]]
    )
  })

  test('one amount a day of own staff, a fifth more than for results: 106, 88, 66 and 47 in Latvia', () => {
    const rules = rulesOf('knowledge-alliances', 2020, { durationMonths: 24 })
    const kinds = ['manager', 'teacher-trainer-researcher', 'technician', 'administrative'] as const
    const lines = kinds.map((staff) => line('implementation-support', { staff, days: 1 }))
    const budget = budgetOf(rules, { months: 24, lines })
    assert.deepEqual(
      budget.parts.map(({ cost }) => euros(cost)),
      [106, 88, 66, 47]
    )
    assert.equal(budget.unverified, 0)
  })
})
