import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CallTerms, emptyTerms } from './call.ts'
import { type NewEdition, cloned } from './clone.ts'

const terms: CallTerms = {
  ...emptyTerms(),
  title: { lv: 'Sadarbības partnerības 2025', en: 'Cooperation partnerships 2025, round 1' },
  text: { lv: 'Kā 2025. gada vadlīnijās.', en: 'By the guide.' },
  actions: [
    { action: 'cooperation-partnerships', fields: ['school', 'vet'], round: 1 },
    { action: 'teacher-academies', fields: ['school'] }
  ],
  opens: { day: '2024-12-03', hour: '09:00' },
  deadline: { day: '2025-03-05', hour: '12:00' },
  departure: 'Svētki',
  budget: { cents: 100_00, splits: [{ by: 'field', parts: [{ of: 'vet', cents: 100_00 }] }] },
  priorities: ['inclusion-and-diversity', 'democratic-participation'],
  documents: [{ title: 'Vadlīnijas', language: 'lv', address: 'https://example.org' }],
  rules: 'rules:\n  - id: a\n    editions: 2025\n    says: { en: from 2025, lv: no 2025 }'
}
const of2026: NewEdition = {
  edition: 2026,
  body: 'national-agency',
  times: {
    deadlines: new Map([
      [
        'cooperation-partnerships',
        [
          { on: '2026-03-05', at: '12:00', body: 'national-agency', round: 1 },
          { on: '2026-10-01', at: '12:00', body: 'national-agency', round: 2 },
          { on: '2026-03-05', at: '17:00', body: 'executive-agency' }
        ]
      ]
    ]),
    hour: '12:00'
  },
  actions: new Map([['cooperation-partnerships', ['school', 'sport']]]),
  priorities: new Set(['inclusion-and-diversity'])
}

suite('last year’s call is moved to the new edition', () => {
  const { terms: moved, notes } = cloned(terms, 2025, of2026)

  test('its deadline is the new guide’s, and it opens as many days before', () => {
    assert.deepEqual(moved.deadline, { day: '2026-03-05', hour: '12:00' })
    assert.deepEqual(moved.opens, { day: '2025-12-03', hour: '09:00' })
    assert.equal(moved.departure, '')
  })

  test('what the new edition does not have is gone, and told', () => {
    assert.deepEqual(moved.actions, [{ action: 'cooperation-partnerships', fields: ['school'], round: 1 }])
    assert.deepEqual(moved.priorities, ['inclusion-and-diversity'])
    assert.deepEqual(
      notes.map(({ note }) => note),
      [
        'action-gone',
        'deadline-of-guide',
        'priority-gone',
        'budget-emptied',
        'year-in-text',
        'documents-kept'
      ]
    )
  })

  test('the money is emptied, the year in the title moved, the text left to people', () => {
    assert.deepEqual(moved.budget, { cents: null, splits: [] })
    assert.deepEqual(moved.title, {
      lv: 'Sadarbības partnerības 2026',
      en: 'Cooperation partnerships 2026, round 1'
    })
    assert.deepEqual(moved.text, terms.text)
    assert.match(moved.rules, /editions: 2026\n\s+says: \{ en: from 2025/)
  })
})

test('while the guide has no day, it is the same day of the year at the usual hour, also after 29 February', () => {
  const unknown = { ...of2026, edition: 2025, times: { deadlines: new Map(), hour: '12:00' } }
  const leap = {
    ...terms,
    deadline: { day: '2024-02-29', hour: '11:00' },
    opens: { day: '2024-02-01', hour: '09:00' }
  }
  const { terms: moved, notes } = cloned(leap, 2024, unknown)
  assert.deepEqual(moved.deadline, { day: '2025-02-28', hour: '12:00' })
  assert.deepEqual(moved.opens, { day: '2025-01-31', hour: '09:00' })
  assert.ok(notes.some(({ note }) => note === 'deadline-moved'))
})

test('an autumn round goes to the autumn', () => {
  const autumn = {
    ...terms,
    actions: [{ action: 'cooperation-partnerships', fields: ['school' as const] }],
    deadline: { day: '2025-10-01', hour: '12:00' }
  }
  assert.equal(cloned(autumn, 2025, of2026).terms.deadline?.day, '2026-10-01')
})
