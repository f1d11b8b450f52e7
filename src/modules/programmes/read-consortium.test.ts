import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Partner } from '#shared/rules/consortium.ts'
import { assertQuick } from '../../../tests/assert-quick.ts'
import { known, said } from './known-programme.fixture.ts'
import { mostProblems } from './input-problem.ts'
import { readConsortium, type ReadOptions } from './read-consortium.ts'

const maria = { name: 'Rīgas skola', country: 'LV', type: 'school', role: 'coordinator' }
const jonas = { name: 'Vilniaus mokykla', country: 'LT', type: 'school', role: 'partner' }

function read(value: unknown, options?: ReadOptions) {
  return readConsortium(value, known, options)
}

function partnerRead(fields: Record<string, unknown>): Partner {
  const { request, problems } = read({ partners: [{ ...maria, ...fields }, jonas] })
  assert.deepEqual(said(problems), [])
  return request!.consortium.partners[0]!
}

function problemsOf(fields: Record<string, unknown>): string[] {
  const answer = read({ partners: [{ ...maria, ...fields }, jonas] })
  assert.equal(answer.request, undefined)
  return said(answer.problems)
}

test('Maria gives the file of the guide and it is read whole', () => {
  const { request, problems, warnings } = read({
    action: 'knowledge-alliances',
    field: 'higher-education',
    callYear: 2017,
    durationMonths: 36,
    grantEur: 980000,
    partners: [
      {
        ...maria,
        type: 'higher-education-institution',
        functions: ['vet-provider'],
        charter: true,
        establishedOn: '2019-05-01'
      },
      { country: 'UK', type: null, role: 'associated', nonProfit: null }
    ],
    answers: { activities: ['entrepreneurship'] }
  })
  assert.deepEqual([problems, warnings], [[], []])
  assert.deepEqual(request, {
    action: 'knowledge-alliances',
    edition: 2017,
    consortium: {
      field: 'higher-education',
      durationMonths: 36,
      grantEur: 980000,
      partners: [
        {
          name: 'Rīgas skola',
          country: 'LV',
          type: 'higher-education-institution',
          role: 'coordinator',
          functions: ['vet-provider'],
          charter: true,
          establishedOn: '2019-05-01'
        },
        { country: 'GB', type: null, role: 'associated', nonProfit: null }
      ],
      answers: { activities: ['entrepreneurship'] }
    }
  })
})

test('Ana knows only the countries: what is missing or null stays unknown', () => {
  const { request, problems } = read({
    partners: [{ country: 'LV' }, { country: null, type: null, role: null }, {}]
  })
  assert.deepEqual(problems, [])
  for (const partner of request!.consortium.partners)
    assert.deepEqual([partner.type, partner.role], [null, null])
})

test('a type may be its name in either language, an everyday word or a code of the programme', () => {
  for (const written of [
    'vet-provider',
    'Profesionālās izglītības iestāde',
    'Vocational education and training provider',
    'tehnikums'
  ])
    assert.deepEqual(
      [partnerRead({ type: written }).type, partnerRead({ type: written }).functions],
      ['vet-provider', undefined]
    )
})

test('a code of the programme tells the function too', () => {
  const told = (type: string, more = {}) => {
    const { type: read, functions, europeanNgo } = partnerRead({ type, ...more })
    return [read, functions, europeanNgo]
  }
  assert.deepEqual(told('EPLUS-EDU-VOC-SEC'), ['vet-provider', ['vet-secondary'], undefined])
  assert.deepEqual(told('eplus-sport-club', { functions: ['active-in-youth'] }), [
    'sport-organisation',
    ['sport-club', 'active-in-youth'],
    undefined
  ])
  assert.deepEqual(told('EPLUS-ENGO'), ['ngo', undefined, true])
  assert.deepEqual(told('EPLUS-ENGO', { europeanNgo: false }), ['ngo', undefined, false])
  assert.deepEqual(told('EPLUS-YOUTH-COUNCIL'), ['youth-organisation', ['national-youth-council'], undefined])
})

test('Jonas misspells and is offered what he meant, in his language', () => {
  assert.deepEqual(problemsOf({ country: 'Latvja' }), [
    'Partner 1. There is no country “Latvja”. Did you mean LV (Latvia)?'
  ])
  assert.match(
    problemsOf({ type: 'universty' })[0]!,
    /Did you mean higher-education-institution \(Higher education institution\)\?/
  )
  assert.match(problemsOf({ functions: ['vet-secondry'] })[0]!, /Did you mean vet-secondary/)
  assert.match(problemsOf({ type: 'sport-club' })[0]!, /Did you mean sport-organisation/)
  const { problems } = read({ action: 'knowlege-aliances', partners: [{ ...maria, country: 'Latvja' }] })
  assert.deepEqual(said(problems, 'lv'), [
    'Pasākums “knowlege-aliances” nav zināms. Vai domājāt knowledge-alliances (Zināšanu apvienības)? Izlaidiet šo lauku, ja vēlaties pārbaudīt visus pasākumus.',
    '1. partneris. Valsts “Latvja” nav zināma. Vai domājāt LV (Latvija)?'
  ])
})

test('Norway turned into “false” by an older program is asked about, not guessed', () => {
  assert.match(problemsOf({ country: false })[0]!, /If Norway is meant, write "NO"/)
})

test('a consortium has one coordinator, unless a role is still unknown', () => {
  const roles = (...roles: (string | null)[]) =>
    said(read({ partners: roles.map((role) => ({ country: 'LV', role })) }).problems)
  assert.deepEqual(roles('coordinator', 'partner'), [])
  assert.deepEqual(roles('partner', null), [])
  assert.match(roles('partner', 'associated')[0]!, /No partner is the coordinator/)
  assert.match(
    roles('coordinator', 'partner', 'koordinators')[0]!,
    /^Partner 3\. .*marked as coordinator: 1 and 3\./
  )
})

test('a list may hold 1 to 200 partners', () => {
  const many = (count: number) =>
    said(read({ partners: Array.from({ length: count }, () => ({ country: 'LV' })) }).problems, 'lv')
  assert.deepEqual(many(200), [])
  assert.match(many(0)[0]!, /Sarakstā nav neviena partnera/)
  assert.match(many(500)[0]!, /^Sarakstā ir 500 partneru, bet vienā reizē var pārbaudīt ne vairāk kā 200\./)
  assert.match(many(201)[0]!, /^Sarakstā ir 201 partneris,/)
})

test('one organisation twice is told with both rows; the same name in another country is another organisation', () => {
  const pair = (a: object, b: object) => read({ partners: [{ ...maria, ...a }, jonas, { ...jonas, ...b }] })
  assert.deepEqual(said(pair({}, { name: 'RĪGAS “Skola”', country: 'lv' }).problems), [
    'Partner 3. Partners 1 and 3 are the same organisation, “RĪGAS “Skola””. Leave one out, or make their names different.'
  ])
  assert.deepEqual(pair({}, { name: 'Rīgas skola', country: 'EE' }).problems, [])
  const unknown = pair({ country: null }, { name: 'Rīgas skola', country: null })
  assert.deepEqual([unknown.problems.length, unknown.warnings.length], [0, 1])
})

test('days, months and euros are what they say or are asked again', () => {
  assert.match(problemsOf({ establishedOn: '2019-02-30' })[0]!, /must be a day that exists/)
  assert.match(problemsOf({ establishedOn: 2019 })[0]!, /found: 2019/)
  assert.equal(partnerRead({ establishedOn: '2020-02-29' }).establishedOn, '2020-02-29')
  const top = (fields: object) => read({ ...fields, partners: [maria] })
  assert.equal(top({ durationMonths: 120, grantEur: '980 000' }).request?.consortium.grantEur, 980000)
  for (const months of [0, 121, 12.5, 'long', [36], NaN, Infinity])
    assert.equal(top({ durationMonths: months }).problems[0]?.key, 'input.expects-months')
  for (const euros of [-1, 'a lot', {}, 1e300])
    assert.equal(top({ grantEur: euros }).problems[0]?.key, 'input.expects-euros')
  assert.equal(top({ grantEur: 99.5 }).problems[0]?.key, 'input.euros-with-cents')
})

test('a founding day to come is warned of when somebody says which day it is', () => {
  const value = { partners: [{ ...maria, establishedOn: '2026-03-02' }] }
  assert.equal(read(value).warnings.length, 0)
  assert.equal(read(value, { today: '2026-03-02' }).warnings.length, 0)
  const { request, warnings } = read(value, { today: '2026-03-01' })
  assert.ok(request)
  assert.match(said(warnings, 'lv')[0]!, /2026\. gada 2\. marts vēl tikai būs/)
})

test('yes and no may be written as words', () => {
  for (const [written, meant] of [
    [true, true],
    ['yes', true],
    ['jā', true],
    ['no', false],
    ['Nē', false],
    [null, null]
  ] as const)
    assert.equal(partnerRead({ charter: written }).charter, meant)
  assert.match(problemsOf({ charter: 'perhaps' })[0]!, /“charter” is answered with true or false/)
})

test('independence is told by names, by numbers from 1, or at once', () => {
  const of = (independentOf: unknown) =>
    read({ partners: [{ ...maria, independentOf }, jonas, { country: 'EE', name: '3' }] })
  const told = (value: unknown) => of(value).request?.consortium.partners[0]!.independentOf
  assert.deepEqual(told(['vilniaus MOKYKLA', 3]), [1, 2])
  assert.deepEqual(told('3'), [2])
  assert.deepEqual(
    [told(true), told('all'), told('none'), told(false), told(null), told([])],
    [true, true, false, false, null, []]
  )
  assert.equal(of([1]).problems[0]?.key, 'input.independent-of-itself')
  assert.equal(of([4]).problems[0]?.key, 'input.independent-of-nobody')
  assert.equal(of([0]).problems[0]?.path, 'partners[0].independentOf[0]')
  assert.equal(of({ a: 1 }).problems[0]?.key, 'input.expects-independence')
})

test('an edition must exist, and the action in it', () => {
  const asked = (action: unknown, callYear: unknown) =>
    said(read({ action, callYear, partners: [maria] }).problems)
  assert.deepEqual(asked('cooperation-partnerships', 2022), [])
  assert.deepEqual(asked('Zināšanu apvienības', '2017'), [])
  assert.deepEqual(asked('cooperation-partnerships', 2017), [
    '“Cooperation partnerships” did not exist in the edition 2017. It exists in these: 2021–2022, 2024. Choose one of them, or another action.'
  ])
  assert.deepEqual(asked(null, 1999), ['There is no edition 1999. Known are 2014–2022, 2024.'])
})

test('flags of a command beat the file', () => {
  const file = { action: 'nonsense', callYear: 2017, partners: [maria] }
  const { request } = read(file, { asked: { action: 'cooperation-partnerships', edition: 2022 } })
  assert.deepEqual([request?.action, request?.edition], ['cooperation-partnerships', 2022])
})

test('answers are held against the questions of the action and edition asked', () => {
  const answered = (answers: object, action?: string, callYear?: number) =>
    read({ action, callYear, answers, partners: [maria] })
  assert.deepEqual(
    answered({ lot: '2', participants: '12', smallCountry: 'jā', activities: 'Uzņēmējdarbība' }).request
      ?.consortium.answers,
    {
      lot: 2,
      participants: 12,
      smallCountry: true,
      activities: ['entrepreneurship']
    }
  )
  assert.deepEqual(said(answered({ lot: 3 }, 'cooperation-partnerships', 2022).problems), [
    '“lot” cannot be answered with 3. It can be: 1.'
  ])
  assert.deepEqual(answered({ lot: [1, 2] }).request?.consortium.answers, { lot: [1, 2] })
  assert.equal(answered({ lot: [] }).problems[0]?.key, 'input.answer-option')
  assert.match(
    said(answered({ activities: ['entrepreneurship', 'x'] }).problems)[0]!,
    /with “x”\. It can be: entrepreneurship or new-methods\./
  )
  assert.equal(answered({ lot: null }).request?.consortium.answers?.lot, null)
  assert.equal(answered({ participants: 'many' }).problems[0]?.key, 'input.answer-number')
})

test('an option of another edition is kept and warned of: what follows from it, the rules say', () => {
  const { request, warnings } = read({
    action: 'cooperation-partnerships',
    callYear: 2022,
    partners: [maria],
    answers: { lot: 2, activities: 'entrepreneurship' }
  })
  assert.deepEqual(request?.consortium.answers, { lot: 2, activities: ['entrepreneurship'] })
  assert.deepEqual(said(warnings), [
    '“lot” cannot be 2 in what you ask about, only: 1. The answer was kept, and the rules say what follows.'
  ])
})

test('what nobody asks for is warned of and stands in nobody’s way', () => {
  const { request, warnings } = read({
    partners: [{ ...maria, chrater: true, city: 'Rīga' }],
    answers: { Lot: 1, colour: 'green', deep: { a: 1 } },
    comment: 'x'
  })
  assert.deepEqual(said(warnings), [
    'Nobody asks for the field “comment”. It was left out.',
    'Partner 1. Nobody asks for the field “chrater”. It was left out. Did you mean “charter”?',
    'Partner 1. Nobody asks for the field “city”. It was left out.',
    'No rule asks for “Lot”. It was kept, but it changes nothing. Did you mean “lot”?',
    'No rule asks for “colour”. It was kept, but it changes nothing.',
    'No rule asks for “deep”, and it is more than a word, a number or a list of them. It was left out.'
  ])
  assert.deepEqual(request?.consortium.answers, { Lot: 1, colour: 'green' })
})

test('a name is text: mark-up and formulas stay, signs nobody sees go, 300 characters are enough', () => {
  for (const name of [
    '<script>alert(1)</script>',
    '=HYPERLINK("http://x")',
    'A & B',
    '{{7*7}}',
    '😀'.repeat(300)
  ])
    assert.equal(partnerRead({ name }).name, name)
  const { request, warnings } = read({ partners: [{ ...maria, name: ' Rī\u0000gas\u202e \n skola\u200b' }] })
  assert.equal(request?.consortium.partners[0]!.name, 'Rīgas skola')
  assert.equal(warnings[0]?.key, 'input.text-cleaned')
  assert.match(problemsOf({ name: 'x'.repeat(301) })[0]!, /The name has 301 characters/)
  assert.equal(partnerRead({ name: 2020 }).name, '2020')
})

test('keys of a prototype are keys like any other', () => {
  const value = JSON.parse(
    '{"__proto__": {"polluted": 1}, "partners": [{"__proto__": {"country": "LV"}, "constructor": 1, "role": "coordinator"}], "answers": {"__proto__": 1, "toString": "x"}}'
  ) as unknown
  const { request, warnings } = read(value)
  assert.equal(request?.consortium.partners[0]!.country, null)
  assert.equal(warnings.length, 5)
  assert.deepEqual(Object.keys(request!.consortium.answers!), ['__proto__', 'toString'])
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

test('wrong kinds of value are told with what belongs there', () => {
  for (const value of [null, 5, 'text', [], true])
    assert.equal(read(value).problems[0]?.key, 'input.expects-consortium')
  assert.equal(read({}).problems[0]?.key, 'input.partners-missing')
  assert.equal(read({ partners: 'Rīgas skola' }).problems[0]?.key, 'input.expects-partners')
  assert.deepEqual(said(read({ partners: ['Rīgas skola'] }).problems, 'lv'), [
    '1. partneris. Partneris ir lauku grupa: country, type, role; ierakstīts: “Rīgas skola”.'
  ])
  assert.equal(read({ partners: [maria], answers: [1] }).problems[0]?.key, 'input.expects-answers')
  assert.equal(
    read({ partners: [maria], field: 'cooking' }).problems[0]?.key,
    'input.unknown-programme-field'
  )
  assert.match(problemsOf({ role: 'boss' })[0]!, /coordinator, partner, associated or affiliated/)
  assert.match(problemsOf({ name: { a: 1 } })[0]!, /found: a group of fields/)
})

test('somebody with a thousand mistakes is told the first hundred and how many are left', () => {
  const wrong = { country: 'Latvja', type: 'scool', role: 'boss', charter: 5, establishedOn: 'x' }
  const partners = Array.from({ length: 200 }, () => wrong)
  assertQuick(1000, () => read({ partners }))
  const { problems } = read({ partners })
  assert.equal(problems.length, mostProblems + 1)
  assert.deepEqual(
    said(problems).at(-1),
    'There are 900 more problems. Settle these first; the others will be shown then.'
  )
  assert.match(said(problems, 'lv').at(-1)!, /^Vēl ir 900 kļūdu\./)
})
