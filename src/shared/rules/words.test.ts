import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { check, compileAction, type RuleSpec } from './check.ts'
import type { Consortium, Partner } from './consortium.ts'
import type { RuleAnswer } from './findings.ts'
import { action, partner, rule, smallLexicon } from './rules.fixture.ts'

const coordinator = (given: Partial<Partner> = {}) => partner({ role: 'coordinator', ...given })

function answerOf(word: object, given: Consortium, more: Partial<RuleSpec> = {}): RuleAnswer | 'not-asked' {
  const { verdicts } = check(compileAction(action(rule('asked', word, more)), smallLexicon), given)
  return verdicts[0]?.answer ?? 'not-asked'
}

suite('how many organisations', () => {
  const three = { organisations: { 'at-least': 3, who: { in: ['programme-countries'] } } }

  test('exactly enough is enough, one short is not', () => {
    assert.equal(answerOf(three, { partners: [coordinator(), partner(), partner()] }), 'met')
    assert.equal(answerOf(three, { partners: [coordinator(), partner()] }), 'not-met')
  })
  test('an associated or affiliated organisation does not count', () => {
    const others = [partner({ role: 'associated' }), partner({ role: 'affiliated' })]
    assert.equal(answerOf(three, { partners: [coordinator(), partner(), ...others] }), 'not-met')
  })
  test('an organisation whose country nobody gave keeps the answer open, but only where it could tip it', () => {
    const unknown = partner({ country: null })
    assert.equal(answerOf(three, { partners: [coordinator(), partner(), unknown] }), 'unknown')
    assert.equal(answerOf(three, { partners: [coordinator(), unknown] }), 'not-met')
    assert.equal(answerOf(three, { partners: [coordinator(), partner(), partner(), unknown] }), 'met')
  })
  test('too many is as wrong as too few', () => {
    assert.equal(
      answerOf({ organisations: { 'at-most': 1 } }, { partners: [coordinator(), partner()] }),
      'not-met'
    )
  })
  test('organisations that are not independent of each other count as one', () => {
    const independent = { organisations: { 'at-least': 3, independent: true } }
    const daughter = partner({ independentOf: [2] })
    assert.equal(answerOf(independent, { partners: [coordinator(), daughter, partner()] }), 'not-met')
    assert.equal(
      answerOf(independent, { partners: [coordinator(), partner({ independentOf: true }), partner()] }),
      'met'
    )
  })
  test('a function somebody could have is asked for; one its type cannot have is not', () => {
    const ministry = { organisations: { 'at-least': 1, who: { are: ['ministry'] } } }
    assert.equal(answerOf(ministry, { partners: [coordinator({ type: 'public-body' })] }), 'unknown')
    assert.equal(answerOf(ministry, { partners: [coordinator({ type: 'school' })] }), 'not-met')
    assert.equal(
      answerOf(ministry, { partners: [coordinator({ type: 'public-body', functions: ['ministry'] })] }),
      'met'
    )
  })
})

suite('how many countries', () => {
  test('two organisations of one country are one country', () => {
    const two = { countries: { 'at-least': 2 } }
    assert.equal(answerOf(two, { partners: [coordinator(), partner()] }), 'not-met')
    assert.equal(answerOf(two, { partners: [coordinator(), partner({ country: 'EE' })] }), 'met')
  })
  test('only countries of the set count', () => {
    const two = { countries: { 'at-least': 2, who: { in: ['member-states'] } } }
    assert.equal(answerOf(two, { partners: [coordinator(), partner({ country: 'NO' })] }), 'not-met')
  })
  test('each from a country of its own', () => {
    assert.equal(
      answerOf({ 'own-country': {} }, { partners: [coordinator(), partner({ country: 'EE' })] }),
      'met'
    )
    assert.equal(answerOf({ 'own-country': {} }, { partners: [coordinator(), partner()] }), 'not-met')
    assert.equal(
      answerOf({ 'own-country': {} }, { partners: [coordinator(), partner({ country: null })] }),
      'unknown'
    )
  })
})

suite('what each country must bring', () => {
  const school = { 'at-least': 1, who: { are: ['school'] } }
  const all = { 'in-each-country': { of: 'all', needs: [school] } }

  test('one country without a school is enough to break it', () => {
    const schools = [coordinator({ type: 'school' }), partner({ country: 'EE', type: 'school' })]
    assert.equal(answerOf(all, { partners: schools }), 'met')
    assert.equal(answerOf(all, { partners: [...schools, partner({ country: 'LT' })] }), 'not-met')
  })
  test('an organisation of unknown type may be the school that is missing', () => {
    assert.equal(answerOf(all, { partners: [coordinator({ type: null })] }), 'unknown')
  })
  test('the country of the coordinator, and at least one other', () => {
    const own = { 'in-each-country': { of: 'coordinator', needs: [school] } }
    const other = {
      'in-each-country': { of: { 'at-least': 1, 'besides-coordinator': true }, needs: [school] }
    }
    const partners = [coordinator(), partner({ type: 'school' })]
    assert.equal(answerOf(own, { partners }), 'met')
    assert.equal(answerOf(other, { partners }), 'not-met')
    assert.equal(
      answerOf(other, { partners: [...partners, partner({ country: 'NO', type: 'school' })] }),
      'met'
    )
  })
})

suite('who may and who may not', () => {
  test('a coordinator from outside breaks the rule about coordinators, a partner does not', () => {
    const word = { everyone: { who: { roles: ['coordinator'] }, must: { in: ['programme-countries'] } } }
    assert.equal(answerOf(word, { partners: [coordinator({ country: 'US' })] }), 'not-met')
    assert.equal(answerOf(word, { partners: [coordinator(), partner({ country: 'US' })] }), 'met')
  })
  test('a charter nobody spoke of is asked for', () => {
    const word = {
      everyone: { who: { are: ['university'], in: ['programme-countries'] }, must: { charter: true } }
    }
    assert.equal(answerOf(word, { partners: [coordinator({ charter: undefined })] }), 'unknown')
    assert.equal(answerOf(word, { partners: [coordinator({ charter: false })] }), 'not-met')
    assert.equal(answerOf(word, { partners: [coordinator({ country: 'US', charter: false })] }), 'met')
  })
  test('two years old on the very day of the deadline is old enough, a day less is not', () => {
    const word = { everyone: { must: { 'established-months': 24 } } }
    assert.equal(answerOf(word, { partners: [coordinator({ establishedOn: '2018-03-24' })] }), 'met')
    assert.equal(answerOf(word, { partners: [coordinator({ establishedOn: '2018-03-25' })] }), 'not-met')
    assert.equal(answerOf(word, { partners: [coordinator()] }), 'unknown')
  })
  test('partners of two regions cannot be in one project', () => {
    const word = { 'one-group': { who: { 'not-in': ['programme-countries'] }, of: ['region-2', 'region-3'] } }
    const ukraine = partner({ country: 'UA' })
    assert.equal(answerOf(word, { partners: [coordinator(), ukraine, partner({ country: 'GE' })] }), 'met')
    assert.equal(
      answerOf(word, { partners: [coordinator(), ukraine, partner({ country: 'TN' })] }),
      'not-met'
    )
  })
  test('programme countries may not outnumber the others', () => {
    const word = {
      'at-least-as-many': { who: { 'not-in': ['programme-countries'] }, as: { in: ['programme-countries'] } }
    }
    assert.equal(answerOf(word, { partners: [coordinator(), partner({ country: 'UA' })] }), 'met')
    assert.equal(
      answerOf(word, { partners: [coordinator(), partner(), partner({ country: 'UA' })] }),
      'not-met'
    )
  })
})

suite('numbers and answers', () => {
  const partners = [coordinator()]

  test('a range holds at both its ends', () => {
    const word = { value: { of: 'durationMonths', 'at-least': 12, 'at-most': 36 } }
    for (const [months, answer] of [
      [12, 'met'],
      [36, 'met'],
      [11, 'not-met'],
      [37, 'not-met']
    ] as const) {
      assert.equal(answerOf(word, { partners, durationMonths: months }), answer)
    }
    assert.equal(answerOf(word, { partners }), 'unknown')
  })
  test('a ceiling that depends on the duration: above all of them is too much, whatever the duration', () => {
    const word = {
      value: {
        of: 'grantEur',
        cases: [
          { if: { durationMonths: 24 }, 'at-most': 700 },
          { if: { durationMonths: 36 }, 'at-most': 1000 }
        ]
      }
    }
    assert.equal(answerOf(word, { partners, grantEur: 900, durationMonths: 36 }), 'met')
    assert.equal(answerOf(word, { partners, grantEur: 900, durationMonths: 24 }), 'not-met')
    assert.equal(answerOf(word, { partners, grantEur: 900 }), 'unknown')
    assert.equal(answerOf(word, { partners, grantEur: 1001 }), 'not-met')
    assert.equal(answerOf(word, { partners, grantEur: 700 }), 'met')
  })
  test('a ceiling by the month, and by organisation and year', () => {
    const monthly = { value: { of: 'grantEur', 'at-most': 100, per: 'month' } }
    assert.equal(answerOf(monthly, { partners, grantEur: 2400, durationMonths: 24 }), 'met')
    assert.equal(answerOf(monthly, { partners, grantEur: 2401, durationMonths: 24 }), 'not-met')
    const perSchool = { value: { of: 'grantEur', 'at-most': 100, per: 'organisation-and-year' } }
    assert.equal(
      answerOf(perSchool, { partners: [...partners, partner()], grantEur: 400, durationMonths: 24 }),
      'met'
    )
    assert.equal(answerOf(perSchool, { partners, grantEur: 400, durationMonths: 24 }), 'not-met')
  })
  test('exactly one of the list', () => {
    const word = { answer: { key: 'ecosystem', exactly: 1 } }
    assert.equal(answerOf(word, { partners, answers: { ecosystem: 'health' } }), 'met')
    assert.equal(answerOf(word, { partners, answers: { ecosystem: ['health', 'digital'] } }), 'not-met')
    assert.equal(answerOf(word, { partners, answers: { ecosystem: null } }), 'unknown')
  })
  test('a field that is not one of them', () => {
    assert.equal(answerOf({ fields: ['school'] }, { partners, field: 'youth' }), 'not-met')
    assert.equal(answerOf({ fields: ['school'] }, { partners }), 'met')
  })
})

suite('together and under conditions', () => {
  const three = { organisations: { 'at-least': 3 } }
  const two = { organisations: { 'at-least': 2 } }
  const schools = [coordinator({ type: 'school' }), partner({ type: 'school', country: 'EE' })]

  test('one way is enough', () => {
    const word = { 'any-of': [three, { 'all-of': [two, { everyone: { must: { are: ['school'] } } }] }] }
    assert.equal(answerOf(word, { partners: schools }), 'met')
    assert.equal(answerOf(word, { partners: [coordinator(), partner()] }), 'not-met')
  })
  test('a rule whose condition does not hold is not asked', () => {
    assert.equal(
      answerOf(three, { partners: schools, field: 'school' }, { when: { field: 'youth' } }),
      'not-asked'
    )
  })
  test('while the condition is not known, met stays met and anything else is open', () => {
    assert.equal(answerOf(two, { partners: schools }, { when: { field: 'youth' } }), 'met')
    assert.equal(answerOf(three, { partners: schools }, { when: { field: 'youth' } }), 'unknown')
  })
  test('a way whose condition is not known does not yet carry the rule', () => {
    const word = { 'any-of': [three, { ...two, when: { field: 'youth' } }] }
    assert.equal(answerOf(word, { partners: schools }), 'unknown')
    assert.equal(answerOf(word, { partners: schools, field: 'youth' }), 'met')
    assert.equal(answerOf(word, { partners: schools, field: 'school' }), 'not-met')
  })
  test('exactly one of two ways', () => {
    const word = { 'exactly-one-of': [three, two] }
    assert.equal(answerOf(word, { partners: schools }), 'met')
    assert.equal(answerOf(word, { partners: [...schools, partner()] }), 'not-met')
  })
})

suite('the overall answer', () => {
  const partners = [coordinator()]
  const broken = { organisations: { 'at-least': 2 } }
  const open = { value: { of: 'grantEur', 'at-most': 100 } }
  const overall = (...rules: RuleSpec[]) =>
    check(compileAction(action(...rules), smallLexicon), { partners }).answer

  test('not met beats not known', () => {
    assert.equal(overall(rule('a', broken), rule('b', open)), 'not-eligible')
  })
  test('a rule that rests on nothing verified never decides', () => {
    assert.equal(overall(rule('a', broken, { confidence: 'unverified' })), 'undetermined')
  })
  test('advice and what an assessor judges never change it', () => {
    assert.equal(
      overall(rule('a', broken, { severity: 'warn' }), rule('b', { assessor: true }, { severity: 'info' })),
      'eligible'
    )
  })
})
