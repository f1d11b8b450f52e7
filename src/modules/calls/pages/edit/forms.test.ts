import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CallTerms, emptyTerms } from '../../call.ts'
import { assessmentFrom, assessmentTyped } from './assessment-form.ts'
import { withRows } from './form-values.ts'
import { moneyFrom, moneyTyped } from './money-form.ts'
import { papersFrom, papersTyped } from './papers-form.ts'
import { scopeFrom, scopeTyped } from './scope-form.ts'
import { textsFrom, textsTyped } from './texts-form.ts'
import { hourFrom, timeFrom, timeTyped } from './time-form.ts'

const terms: CallTerms = {
  ...emptyTerms(),
  title: { lv: 'Nosaukums', en: 'Title', de: 'Titel' },
  text: { lv: 'Teksts', en: 'Text', de: '' },
  actions: [
    { action: 'cooperation-partnerships', fields: ['school', 'vet'], round: 2, strands: ['Lot 1', 'Lot 2'] }
  ],
  opens: { day: '2026-11-02', hour: '09:00' },
  deadline: { day: '2027-03-04', hour: '12:00' },
  departure: 'Svētki',
  budget: {
    cents: 100_000_50,
    splits: [
      {
        by: 'field',
        parts: [
          { of: 'school', cents: 60_000_00 },
          { of: 'vet', cents: 40_000_50 }
        ]
      },
      { by: 'country', parts: [{ of: 'LV', cents: 100_000_50 }] }
    ]
  },
  documents: [{ title: 'Vadlīnijas', language: 'lv', address: 'https://example.org/a.pdf' }],
  contact: { name: 'VIAA', email: 'a@example.org', phone: '+371 1', page: '' },
  languages: ['lv', 'en'],
  assessment: {
    experts: [
      { upToCents: 60_000_00, experts: 1 },
      { upToCents: null, experts: 2 }
    ],
    thirdExpert: { abovePoints: 30, unlessBothBelowThreshold: true },
    consolidation: 'average',
    thresholdPoints: 60
  }
}
const proposed = [{ day: '2027-03-04', hour: '12:00' }]
const choosable = [
  {
    action: 'cooperation-partnerships',
    name: '',
    fields: ['school' as const, 'vet' as const, 'sport' as const],
    rounds: [1, 2]
  }
]
const changeOf = (read: { change: object } | { problems: readonly object[] }) => {
  assert.ok('change' in read, JSON.stringify(read))
  return read.change
}

suite('what a form shows is what it saves: nothing changes by opening and saving', () => {
  for (const [part, change] of [
    ['scope', scopeFrom(scopeTyped(terms), choosable)],
    ['time', timeFrom(timeTyped(terms, []), [])],
    [
      'money',
      moneyFrom(
        moneyTyped(terms, (code) => code),
        { fields: ['school', 'vet'], actions: [] }
      )
    ],
    ['papers', papersFrom(papersTyped(terms))],
    ['assessment', assessmentFrom(assessmentTyped(terms))]
  ] as const) {
    test(part, () => {
      for (const [name, value] of Object.entries(changeOf(change)))
        assert.deepEqual(value, terms[name as 'rules'], name)
    })
  }

  test('texts', () => {
    const change = changeOf(textsFrom(textsTyped(terms))) as CallTerms
    assert.deepEqual(change.title, terms.title)
    assert.deepEqual(change.text, { ...terms.text, de: '' })
  })
})

suite('the deadline', () => {
  test('of the guide is chosen by one mark and needs no reason', () => {
    const typed = timeTyped(terms, proposed)
    assert.equal(typed.choice, '0')
    assert.deepEqual(changeOf(timeFrom(typed, proposed)), {
      opens: terms.opens,
      deadline: terms.deadline,
      departure: ''
    })
  })

  test('is read as people write hours', () => {
    for (const [written, hour] of [
      ['9', '09:00'],
      ['9:00', '09:00'],
      ['12.00', '12:00'],
      ['17h30', '17:30'],
      ['24:00', undefined],
      ['noon', undefined],
      ['12:60', undefined]
    ] as const) {
      assert.equal(hourFrom(written), hour, written)
    }
  })

  test('that the clocks leave out, or a day that is none, is told at once', () => {
    const keys = (more: object) => {
      const read = timeFrom({ ...timeTyped(terms, []), ...more }, [])
      return 'problems' in read ? read.problems.map(({ field, key }) => [field, key]) : []
    }
    const gap = {
      'deadline-day': '28',
      'deadline-month': '3',
      'deadline-year': '2027',
      'deadline-hour': '02:30'
    }
    assert.deepEqual(keys(gap), [['deadline', 'calls.problem.hour-never']])
    assert.deepEqual(keys({ 'deadline-day': '31', 'deadline-month': '2' }), [
      ['deadline', 'calls.problem.day']
    ])
    assert.deepEqual(keys({ 'deadline-hour': '' }), [['deadline-hour', 'form.missing']])
  })
})

suite('the money', () => {
  const opened = { fields: ['school', 'vet'], actions: [] }
  const keys = (typed: Record<string, string>) => {
    const read = moneyFrom(typed, opened)
    return 'problems' in read ? read.problems.map(({ field, key }) => [field, key]) : []
  }

  test('is read as people write it, and sums that do not add up are told at their split', () => {
    assert.deepEqual(keys({ total: '100 000', 'field.school': '60.000', 'field.vet': '40 000,00' }), [])
    assert.deepEqual(keys({ total: '100 000', 'field.school': '60 000' }), [
      ['field', 'calls.problem.split-too-little']
    ])
    assert.deepEqual(keys({ total: '=1+1' }), [['total', 'calls.problem.not-money']])
    assert.deepEqual(keys({ total: '10', 'country.0.of': 'Atlantis', 'country.0.euro': '10' }), [
      ['country.0.of', 'calls.problem.part-unknown']
    ])
  })
})

test('rows are added and removed without losing what was typed in the others', () => {
  const typed = {
    a: 'stays',
    'topic.0.of': 'one',
    'topic.0.euro': '1',
    'topic.1.of': 'two',
    'topic.1.euro': '2'
  }
  assert.deepEqual(withRows(typed, 'topic', ['of', 'euro'], { kind: 'remove', index: 0 }), {
    a: 'stays',
    'topic.0.of': 'two',
    'topic.0.euro': '2'
  })
  assert.deepEqual(withRows(typed, 'topic', ['of', 'euro'], { kind: 'add' })['topic.2.of'], '')
})
