import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertQuick } from '../../../../tests/assert-quick.ts'
import { type KnownNames, anonymised as withoutNames } from './anonymise.ts'
import { type SealedContent, contentFormat } from './manifest.ts'

const standIn = {
  organisation: (number: number) => `Organisation ${number}`,
  person: (number: number) => `Person ${number}`
}
const anonymised = (of: SealedContent, known: Partial<KnownNames> = {}) =>
  withoutNames(of, { organisations: [], people: [], ...known }, standIn)

const content: SealedContent = {
  format: contentFormat,
  ...{ application: '2026-lv-viaa-3-7kq2x', call: '2026-lv-viaa-3', action: 'small-scale-partnerships' },
  terms: '00000000-0000-4000-8000-000000000001',
  ...{ edition: 2026, field: 'school', form: 1, language: 'lv', title: 'Āža kalns lasa', files: [] },
  participants: [
    {
      id: 'p1',
      position: 0,
      role: 'coordinator',
      organisation: 'o1',
      name: 'Rīgas “Āža kalns” skola',
      country: 'LV'
    },
    { id: 'p2', position: 1, role: 'partner', organisation: 'o2', name: 'Vilniaus gimnazija', country: 'LT' }
  ],
  budget: [{ title: 'Marta Ozola brauc uz Vilniaus  gimnazija' }],
  declaration: {
    version: '1',
    language: 'lv',
    text: [],
    by: 'Marta Ozola',
    organisation: 'Rīgas “Āža kalns” skola'
  },
  answers: {
    'project.summary':
      'RĪGAS “ĀŽA KALNS” SKOLA un Vilniaus gimnazija; rakstiet marta.ozola@azakalns.lv vai +371 26 123 456.',
    'profile@p1.background':
      'Āža kalns (E10012345, PIC 949393939, https://azakalns.lv/par) strādā ar Jonu Kazlausku.',
    'profile@p1.staff': [{ name: 'Jonas Kazlauskas', role: 'Marta Ozola vada' }],
    'project.duration-months': 24
  }
}

test('nobody is named: neither in a title, nor in texts in whatever case, nor in tables and the budget', () => {
  const text = JSON.stringify(anonymised(content))
  for (const name of [
    'Āža kalns',
    'ĀŽA KALNS',
    'Vilniaus',
    'Ozola',
    'Jonas Kazlauskas',
    'azakalns',
    '949393939',
    'E10012345',
    '26 123',
    'o1'
  ])
    assert.ok(!text.includes(name), `${name}: ${text}`)
  assert.match(text, /Organisation 1 un Organisation 2; rakstiet \[…@…\] vai \[tel\.\]\./)
  assert.match(text, /"name":"Person \d","role":"Person \d vada"/)
  assert.match(text, /"project\.duration-months":24/)
})

test('a text of one endless word, or of nothing but signs, is read in a moment', () => {
  for (const letters of ['a', 'a@', 'A ', 'AA-', '+1 ', '„', 'Jonas ', 'www.', 'a.', 'a@a.']) {
    const endless = letters.repeat(Math.ceil(200_000 / letters.length))
    const answers = {
      'project.summary': endless,
      'profile@p1.staff': [{ name: 'Jonas  Kazlauskas' }, { name: endless }]
    }
    assertQuick(400, () => anonymised({ ...content, title: endless, answers }))
  }
})

test('of a file that is an answer only that there is one is shown', () => {
  const cv = { file: 'f-1', name: 'CV Marta.pdf', size: 10, sha256: 'ab'.repeat(32) }
  const { answers } = anonymised({ ...content, answers: { 'profile@p1.cv': cv } })
  assert.deepEqual(answers, { 'profile@p1.cv': 'file' })
})

test('who took part once is not named either', () => {
  const answers = { 'project.summary': 'Sākām kopā ar Escola de Évora.' }
  const text = anonymised({ ...content, answers }, { organisations: ['Escola de Évora'] }).answers[
    'project.summary'
  ]
  assert.equal(text, 'Sākām kopā ar Organisation 3.')
})

test('whom to contact is nobody, and is found by that name elsewhere; so is who has an account', () => {
  const answers = {
    'profile@p1.contact': 'Zane Bērziņa, projektu vadītāja',
    'project.summary': 'Zane Bērziņa un Elena Bianchi (elena@liceo.it) vada kopā; Anna arī.'
  }
  const { answers: left } = anonymised({ ...content, answers }, { people: ['Elena Bianchi', 'Anna'] })
  assert.deepEqual(left, {
    'profile@p1.contact': 'Person 2',
    'project.summary': 'Person 2 un Person 3 ([…@…]) vada kopā; Anna arī.'
  })
  assert.equal(anonymised({ ...content, answers: { 'x.contact': 'Jo' } }).answers['x.contact'], '[…]')
})

test('other quotation marks, and what nobody sees between letters, hide no name', () => {
  const answers = {
    'project.summary': 'Rīgas "Āža kalns" skola, Vil\u200bniaus gim\u00adnazija, A\u0304ža kalns'
  }
  const text = anonymised({ ...content, answers }).answers['project.summary']
  assert.equal(text, 'Organisation 1, Organisation 2, Organisation 1')
})

test('a name is found in the cases of Latvian, with an initial, and a surname alone', () => {
  const answers = {
    'profile@p1.staff': [{ name: 'Anna Bērziņa, direktore' }, { name: 'Juris Darbs' }],
    'project.more':
      'Bērziņa vada. Darba ir daudz; rakstiet anna.bērziņa@azakalns.lv. Bez darba J. Darbs nav.',
    'project.summary': 'Annas Bērziņas, A. Bērziņai un Bērziņu aicina Rīgas “Āža kalna” skolas vārdā.'
  }
  const { answers: left } = anonymised({ ...content, answers })
  assert.equal(left['project.summary'], 'Person 2, Person 2 un Person 2 aicina Organisation 1 vārdā.')
  assert.equal(left['project.more'], 'Person 2 vada. Darba ir daudz; rakstiet […@…]. Bez darba Person 3 nav.')
})
