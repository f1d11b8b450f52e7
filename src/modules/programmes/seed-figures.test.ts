import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { inEdition, type Editions } from '#shared/rules/editions.ts'
import type { SourceRef } from './programme-data.ts'
import { readProgramme } from './programme.server.ts'

// The five source documents the project began with. Each figure in them stands in the rule files, under the heading
// it comes from; here is one test for each, in the order of the documents.

const root = fileURLToPath(new URL('../../../programmes', import.meta.url))
const programme = readProgramme(root, 'erasmus-plus')
const platformFacts = parse(
  readFileSync(join(root, 'erasmus-plus/parameters/platform-facts.yaml'), 'utf8')
) as { facts: Stated[] }

/** The editions asked: a slide show of 2014, two pages of the years 2014 to 2020, two pages of the guide from 2021. */
const spokenOf = {
  'seed-000': [2014, 2017, 2020],
  'seed-001': [2021],
  'seed-002': [2015, 2018, 2020],
  'seed-003': [2014],
  'seed-004': [2021]
}

type Stated = { id?: string; editions?: Editions; edition?: number; sources: SourceRef[] }

/** Where a figure is looked up in one edition. */
type Place = (edition: number) => Stated | undefined

function figure(
  document: keyof typeof spokenOf,
  heading: string,
  sentence: string,
  place: Place,
  expected: object
) {
  test(`${document.replace('-', ' ')}, “${heading}”: ${sentence}`, () => {
    for (const edition of spokenOf[document]) {
      const value = place(edition)
      assert.ok(value, `nothing stands there in edition ${edition}`)
      assert.partialDeepStrictEqual(value, expected)
      assert.ok(
        value.sources.some(
          (source) =>
            source.document === document && source.at === heading && inEdition(source.editions, edition)
        ),
        `no source names ${document}, “${heading}”, for edition ${edition}`
      )
    }
  })
}

type Listed = { id: string; editions: Editions; sources: SourceRef[] }
const find = (list: readonly Listed[] | undefined, id: string, edition: number) =>
  list?.find((one) => one.id === id && inEdition(one.editions, edition))

/** The places of one action, by id. */
function of(action: string) {
  const files = programme.actions.get(action)!
  return {
    rule: (id: string) => (edition: number) => find(files.eligibility.rules, id, edition),
    fact: (id: string) => (edition: number) => find(files.action.facts, id, edition),
    category: (id: string) => (edition: number) => find(files.budget.categories, id, edition),
    deadline: (field: string) => (edition: number) =>
      files.action.deadlines.find(
        (one) => one.edition === edition && (one.fields === undefined || one.fields.some((f) => f === field))
      )
  } satisfies Record<string, (id: string) => Place>
}

const platform = (id: string) => () => platformFacts.facts.find((fact) => fact.id === id)

const programmeCountries = { in: ['programme-countries'] }
const alliance = of('knowledge-alliances')
const strategic = of('strategic-partnerships')
const skills = of('sector-skills-alliances')

// --- seed 000: Zināšanu apvienības

const how = 'Kā tas darbojas?'
const what = 'Kas vēl ir jāzina?'
figure('seed-000', 'Kāds ir mērķis?', 'one or more of the kinds of activity', alliance.rule('activities'), {
  answer: { key: 'activities', 'at-least': 1 }
})
test('seed 000, “Kāds ir mērķis?”: there are 3 kinds of activity', () => {
  const question = programme.actions
    .get('knowledge-alliances')!
    .eligibility.questions!.find(({ key }) => key === 'activities')!
  assert.equal(question.options!.length, 3)
})
figure('seed-000', how, 'at least 6 independent organisations', alliance.rule('minimum-organisations'), {
  organisations: { 'at-least': 6, who: programmeCountries, independent: true }
})
figure('seed-000', how, 'of at least 3 programme countries', alliance.rule('minimum-countries'), {
  countries: { 'at-least': 3, who: programmeCountries }
})
figure('seed-000', how, 'at least 2 of them are universities', alliance.rule('two-universities'), {
  organisations: { 'at-least': 2, who: { are: ['higher-education-institution'] } }
})
figure('seed-000', how, 'at least 2 of them are enterprises', alliance.rule('two-enterprises'), {
  organisations: { 'at-least': 2, who: { are: ['enterprise'] } }
})
figure('seed-000', what, 'a project lasts 2 to 3 years', alliance.rule('duration'), {
  value: { of: 'durationMonths', 'one-of': [24, 36] }
})
figure('seed-000', what, 'it may be extended by at most 6 months', alliance.fact('extension'), {
  values: { months: 6 }
})
figure('seed-000', what, 'at most 700 000 euro for 2 years', alliance.rule('grant-ceiling'), {
  value: { of: 'grantEur', cases: [{ if: { durationMonths: 24 }, 'at-most': 700000 }] }
})
figure('seed-000', what, 'at most 1 000 000 euro for 3 years', alliance.rule('grant-ceiling'), {
  value: { of: 'grantEur', cases: [{ if: { durationMonths: 36 }, 'at-most': 1000000 }] }
})

// --- seed 001: 2. pamatpasākums

const keyAction = '2. Pamatpasākums. Starporganizāciju un starpiestāžu sadarbība'
figure('seed-001', keyAction, 'the key action is number 2', platform('key-action-2'), {
  values: { keyAction: 2 }
})
figure('seed-001', keyAction, 'it supports 5 groups of actions', platform('key-action-2'), {
  values: { groups: 5 }
})

// --- seed 002: Stratēģiskās partnerības

figure('seed-002', 'Kādi ir mērķi?', 'there are 5 fields', strategic.fact('five-fields'), {
  values: { fields: 5 }
})
test('seed 002, “Kādi ir mērķi?”: there are 2 kinds of partnership', () => {
  const kinds = strategic.fact('two-kinds')(2018)!
  assert.partialDeepStrictEqual(kinds, { values: { kinds: 2 } })
  assert.partialDeepStrictEqual(kinds.sources, [{ document: 'seed-002', at: 'Kādi ir mērķi?' }])
})
figure('seed-002', how, 'at least 3 organisations take part', strategic.rule('three-organisations'), {
  'any-of': [{ 'all-of': [{ organisations: { 'at-least': 3, who: programmeCountries } }] }]
})
const two = { 'all-of': [{ organisations: { 'at-least': 2 } }, { countries: { 'at-least': 2 } }] }
figure('seed-002', how, 'in youth 2 organisations are enough', strategic.rule('two-organisations'), two)
test('seed 002, “Kā tas darbojas?”: in school education 2 organisations are enough', () => {
  const three = strategic.rule('three-organisations')(2018)!
  assert.deepEqual((three as { when?: object }).when, { field: ['higher-education', 'vet', 'adult'] })
  assert.partialDeepStrictEqual(three.sources, [{ document: 'seed-002', at: how }])
})
figure('seed-002', how, 'there is no upper limit', strategic.fact('no-upper-limit'), {})
figure('seed-002', what, 'higher education, 24 to 36 months', strategic.rule('duration-higher-education'), {
  when: { field: 'higher-education' },
  value: { of: 'durationMonths', 'at-least': 24, 'at-most': 36 }
})
figure(
  'seed-002',
  what,
  'adult, school and vocational education, 12 to 36 months',
  strategic.rule('duration-adult-school-vocational'),
  {
    when: { field: ['adult', 'school', 'vet'] },
    value: { of: 'durationMonths', 'at-least': 12, 'at-most': 36 }
  }
)
figure('seed-002', what, 'youth, 6 to 36 months', strategic.rule('duration-youth'), {
  when: { field: 'youth' },
  value: { of: 'durationMonths', 'at-least': 6, 'at-most': 36 }
})
figure('seed-002', what, 'at most 150 000 euro a year', strategic.rule('grant-per-year'), {
  value: { of: 'grantEur', 'at-most': 150000, per: 'year' }
})

// --- seed 003: KA2 – Stratēģiskās partnerības

const members = 'Partnerības dalībnieki'
figure('seed-003', 'Stratēģiskās partnerības: Ilgums', 'it lasts 2 to 3 years', strategic.rule('duration'), {
  value: { of: 'durationMonths', 'at-least': 24, 'at-most': 36 }
})
figure(
  'seed-003',
  members,
  'at least 3 organisations of 3 countries',
  strategic.rule('three-organisations'),
  {
    'any-of': [
      {
        'all-of': [
          { organisations: { 'at-least': 3, who: programmeCountries } },
          { countries: { 'at-least': 3, who: programmeCountries } }
        ]
      }
    ]
  }
)
figure(
  'seed-003',
  members,
  '2 partners of 2 countries if only schools',
  strategic.rule('three-organisations'),
  {
    'any-of': [
      {
        'all-of': [
          { everyone: { must: { are: ['school'] } } },
          { organisations: { 'at-least': 2, who: programmeCountries } },
          { countries: { 'at-least': 2, who: programmeCountries } }
        ]
      }
    ]
  }
)
figure(
  'seed-003',
  members,
  '2 countries if regional authorities cooperate, with an authority, a school and another organisation',
  strategic.rule('three-organisations'),
  {
    'any-of': [
      {
        'all-of': [
          { countries: { 'at-least': 2, who: programmeCountries } },
          { organisations: { 'at-least': 1, who: { are: ['school-authority', 'public-body'] } } },
          { organisations: { 'at-least': 1, who: { are: ['school'] } } },
          {
            organisations: {
              'at-least': 1,
              who: { 'are-not': ['school-authority', 'public-body', 'school'] }
            }
          }
        ]
      }
    ]
  }
)
figure(
  'seed-003',
  'Iespējamais finansējums',
  'at most 150 000 euro a year',
  strategic.rule('grant-per-year'),
  {
    value: { of: 'grantEur', 'at-most': 150000, per: 'year' }
  }
)

const management = strategic.category('project-management')
const leading = 'Projekta vadība un īstenošana'
figure('seed-003', leading, 'the coordinator gets 500 euro a month', management, {
  rates: [{ amount: 500, per: 'month', role: 'coordinator' }]
})
figure('seed-003', leading, 'each partner gets 250 euro a month', management, {
  rates: [{ amount: 250, per: 'month', role: 'partner' }]
})
figure('seed-003', leading, 'at most 10 organisations are paid', management, {
  limits: [{ 'at-most': 10, of: 'organisations' }]
})
figure(
  'seed-003',
  'Starptautiskās projekta sanāksmes',
  'at most 23 000 euro a year',
  strategic.category('transnational-project-meetings'),
  { limits: [{ 'at-most': 23000, of: 'eur-per-year' }] }
)

const outputs = 'Intelektuālie rezultāti'
figure('seed-003', outputs, 'there are 4 categories of staff', strategic.category('intellectual-outputs'), {
  rates: ['manager', 'teacher-trainer-researcher', 'technician', 'administrative'].map((staff) => ({ staff }))
})

const events = strategic.category('multiplier-events')
const spreading = 'Rezultātu izplatīšanas pasākumi'
figure('seed-003', spreading, '100 euro for a participant of the country of the event', events, {
  rates: [{ amount: 100, per: 'participant', participant: 'local' }]
})
figure('seed-003', spreading, '200 euro for a participant from abroad', events, {
  rates: [{ amount: 200, per: 'participant', participant: 'abroad' }]
})
figure('seed-003', spreading, 'at most 30 000 euro a project', events, {
  limits: [{ 'at-most': 30000, of: 'eur-per-project' }]
})
figure('seed-003', spreading, 'or the cost of 200 participants', events, {
  limits: [{ 'at-most': 200, of: 'participants' }]
})
figure(
  'seed-003',
  spreading,
  'only if there are intellectual outputs',
  strategic.rule('multiplier-events-need-outputs'),
  { 'any-of': [{ answer: { key: 'multiplierEvents' } }, { answer: { key: 'intellectualOutputs' } }] }
)

const mobility = 'Citas aktivitātes - mobilitātes'
const shortStay = {
  limits: [
    { 'at-least': 5, of: 'days' },
    { 'at-most': 2, of: 'months' }
  ]
}
const longStay = { limits: [{ 'at-least': 2, 'at-most': 12, of: 'months' }] }
figure(
  'seed-003',
  mobility,
  'blended mobility stays under 2 months',
  strategic.category('blended-mobility'),
  {
    limits: [{ 'at-most': 2, of: 'months' }]
  }
)
figure(
  'seed-003',
  mobility,
  'groups of pupils go for 5 days to 2 months',
  strategic.category('short-pupil-exchange'),
  shortStay
)
const pupils = strategic.category('long-pupil-mobility')
figure('seed-003', mobility, 'single pupils go for 2 to 12 months', pupils, longStay)
figure('seed-003', mobility, 'such pupils are at least 14', pupils, {
  limits: [{ 'at-least': 14, of: 'years-of-age' }]
})
figure(
  'seed-003',
  mobility,
  'staff go for 2 to 12 months',
  strategic.category('long-staff-mobility'),
  longStay
)
figure(
  'seed-003',
  mobility,
  'joint training of staff lasts 5 days to 2 months',
  strategic.category('short-staff-training'),
  shortStay
)
figure(
  'seed-003',
  mobility,
  'linguistic support is for stays of 2 to 12 months',
  strategic.category('linguistic-support'),
  longStay
)
figure(
  'seed-003',
  'Citas izmaksas un atbalsts speciālajām vajadzībām',
  'other costs are at most 50 000 euro',
  strategic.category('exceptional-costs'),
  { basis: 'real-cost', limits: [{ 'at-most': 50000, of: 'eur-per-project' }] }
)
figure(
  'seed-003',
  'Kad un kur iesniegt projekta pieteikumu?',
  'applications close on 30 April 2014 at 12:00 in Brussels',
  strategic.deadline('school'),
  { on: '2014-04-30', at: '12:00', body: 'national-agency' }
)

// --- seed 003: KA2 – Zināšanu apvienības

const project = 'Zināšanu apvienības - projekts'
figure('seed-003', project, 'at least 6 partners', alliance.rule('minimum-organisations'), {
  organisations: { 'at-least': 6 }
})
test(`seed 003, “${project}”: 3 different countries, kept beside the 3 programme countries in force`, () => {
  const rule = alliance.rule('minimum-countries')(2014)!
  assert.partialDeepStrictEqual(rule, {
    countries: { 'at-least': 3 },
    'other-readings': [{ sources: [{ document: 'seed-003', at: project }] }]
  })
})
figure('seed-003', project, 'at least 2 universities', alliance.rule('two-universities'), {
  organisations: { 'at-least': 2, who: { are: ['higher-education-institution'] } }
})
figure('seed-003', project, 'at least 2 enterprises', alliance.rule('two-enterprises'), {
  organisations: { 'at-least': 2, who: { are: ['enterprise'] } }
})
figure('seed-003', project, 'a project lasts 2 to 3 years', alliance.rule('duration'), {
  value: { 'one-of': [24, 36] }
})
figure('seed-003', project, 'applications close on 3 April', alliance.deadline('higher-education'), {
  on: '2014-04-03',
  body: 'executive-agency'
})
figure('seed-003', project, 'at most 700 000 euro for 2 years', alliance.rule('grant-ceiling'), {
  value: { cases: [{ if: { durationMonths: 24 }, 'at-most': 700000 }] }
})
figure('seed-003', project, 'at most 1 000 000 euro for 3 years', alliance.rule('grant-ceiling'), {
  value: { cases: [{ if: { durationMonths: 36 }, 'at-most': 1000000 }] }
})

// --- seed 003: KA2 – Nozaru prasmju apvienības

const sector = 'Nozaru prasmju apvienības projekts'
figure(
  'seed-003',
  'KA2 – Nozaru prasmju apvienības: Atbalstāmās nozares',
  'there are 6 supported sectors',
  skills.rule('supported-sector'),
  {
    answer: {
      key: 'sector',
      from: [
        'textile-clothing-leather',
        'commerce',
        'advanced-manufacturing',
        'ict',
        'environmental-technologies',
        'cultural-and-creative'
      ]
    }
  }
)
test('seed 003, “KA2 – Nozaru prasmju apvienības: Atbalstāmās nozares”: the supported sectors are no more than 6', () => {
  const rule = skills.rule('supported-sector')(2014) as unknown as { answer: { from: string[] } }
  assert.equal(rule.answer.from.length, 6)
})
figure('seed-003', sector, 'at least 9 partners', skills.rule('minimum-organisations'), {
  organisations: { 'at-least': 9 }
})
figure('seed-003', sector, 'of at least 3 programme countries', skills.rule('minimum-countries'), {
  countries: { 'at-least': 3, who: programmeCountries }
})
figure('seed-003', sector, '2 of the countries are Member States', skills.rule('member-states'), {
  countries: { 'at-least': 2, who: { in: ['member-states'] } }
})
figure('seed-003', sector, 'at least 1 vocational provider', skills.rule('vocational-education-provider'), {
  organisations: { 'at-least': 1, who: { are: ['vet-provider'] } }
})
figure('seed-003', sector, 'at least 1 expert of the sector', skills.rule('sector-expert'), {
  organisations: { 'at-least': 1, who: { are: ['sector-representative'] } }
})
figure('seed-003', sector, 'at least 1 regulatory body', skills.rule('regulatory-body'), {
  organisations: { 'at-least': 1, who: { are: ['regulatory-body'] } }
})
figure('seed-003', sector, 'a project lasts 2 to 3 years', skills.rule('duration'), {
  value: { of: 'durationMonths', 'one-of': [24, 36] }
})
figure('seed-003', sector, 'applications close on 3 April', skills.deadline('vet'), {
  on: '2014-04-03',
  body: 'executive-agency'
})
figure('seed-003', sector, 'at most 700 000 euro for 2 years', skills.rule('grant-ceiling'), {
  value: { cases: [{ if: { durationMonths: 24 }, 'at-most': 700000 }] }
})
figure('seed-003', sector, 'at most 1 000 000 euro for 3 years', skills.rule('grant-ceiling'), {
  value: { cases: [{ if: { durationMonths: 36 }, 'at-most': 1000000 }] }
})

// --- seed 004: Kurš īsteno programmu “Erasmus+”?

const portal = platform('european-youth-portal-languages')
const selfie = 'SELFIE'
figure('seed-004', 'Valstu aģentūras', 'each country has one agency or more', platform('national-agencies'), {
  values: { atLeast: 1 }
})
figure('seed-004', 'Eurodesk tīkls', 'the European Youth Portal speaks 28 languages', portal, {
  values: { languages: 28 }
})
figure('seed-004', 'Eiropas Jaunatnes portāls', 'the portal speaks 28 languages', portal, {
  values: { languages: 28 }
})
figure(
  'seed-004',
  'Programmas “Erasmus+” projektu rezultātu platforma',
  'it holds what 15 years of the programme have given',
  platform('results-platform-years'),
  { values: { years: 15 } }
)
figure(
  'seed-004',
  'School Education Gateway (SEG)',
  'the gateway speaks 23 EU languages',
  platform('school-education-gateway-languages'),
  { values: { languages: 23 } }
)
figure('seed-004', selfie, 'answers are given on a scale from 1 to 5', platform('selfie-scale'), {
  values: { from: 1, to: 5 }
})
figure('seed-004', selfie, 'it speaks more than 30 languages', platform('selfie-languages'), {
  values: { languagesMoreThan: 30 }
})
figure('seed-004', selfie, 'the tool for teachers comes in autumn 2021', platform('selfie-for-teachers'), {
  values: { year: 2021 }
})
const atWork = platform('selfie-work-based-learning-pilots')
figure('seed-004', selfie, '9 countries tried it for work-based learning in 2020', atWork, {
  values: { countries: 9, pilotYear: 2020 }
})
figure('seed-004', selfie, 'work-based learning is ready by the middle of 2021', atWork, {
  values: { fullyBy: 2021 }
})
const views = platform('selfie-work-based-learning-views')
figure('seed-004', selfie, 'companies add a fourth view to 3', views, {
  values: { views: 3, viewsWithCompanies: 4 }
})
figure('seed-004', 'HEInnovate', 'a university looks at 8 dimensions', platform('heinnovate-dimensions'), {
  values: { dimensions: 8 }
})
figure(
  'seed-004',
  'Eurydice tīkls',
  '3 countries outside take part',
  platform('eurydice-further-countries'),
  {
    values: { furtherCountries: ['AL', 'BA', 'ME'] }
  }
)
figure(
  'seed-004',
  'Augstākās izglītības reformas ekspertu (HERE) tīkls',
  'a national team has 5 to 15 members',
  platform('here-team'),
  { values: { membersAtLeast: 5, membersAtMost: 15 } }
)
figure(
  'seed-004',
  'EQAVET nacionālo references centru tīkls',
  'the reference points have 5 aims',
  platform('eqavet-aims'),
  { values: { aims: 5 } }
)
figure(
  'seed-004',
  'EKI, Europass un Euroguidance — nacionālie centri',
  '3 networks share one agreement',
  platform('three-networks-one-agreement'),
  { values: { networks: 3, agreements: 1 } }
)
