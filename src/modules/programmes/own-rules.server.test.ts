import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { checkEligibility } from './actions/check-eligibility.ts'
import type { CheckReport } from './check-report.server.ts'
import { type CallForRules, actionOfCall, programmesOfCall, readOwnRules } from './own-rules.server.ts'
import { loadProgrammes } from './programmes.server.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../programmes'))
const action = 'cooperation-partnerships'
const of2026 = { edition: 2026, opened: [action] }

const baltic = `
rules:
  - id: baltic-partner
    says: { en: At least 2 organisations come from the Baltic states., lv: Vismaz 2 organizācijas ir no Baltijas valstīm. }
    organisations: { at-least: 2, who: { in: [LV, EE, LT] } }
`

function call(more: Partial<CallForRules> = {}): CallForRules {
  const read = readOwnRules(programmes, baltic, of2026)
  assert.ok('rules' in read)
  return {
    edition: 2026,
    title: { en: 'Baltic call', lv: 'Baltijas uzaicinājums' },
    url: 'https://kopa.example/lv/calls/2026-lv-viaa-1',
    deadline: { on: '2027-05-07', at: '12:00' },
    actions: [{ action, fields: ['school'] }],
    own: read.rules,
    questions: read.questions,
    ...more
  }
}

const partner = (country: string, role: 'coordinator' | 'partner', establishedOn = '2000-01-01') => ({
  country,
  type: 'school',
  role,
  establishedOn
})
const consortium = {
  field: 'school',
  durationMonths: 24,
  grantEur: 120_000,
  partners: [partner('LV', 'coordinator'), partner('DE', 'partner'), partner('FR', 'partner')]
}

suite('a call with a rule of its own', () => {
  test('is checked by the guide’s rules and its own, which cites the call', () => {
    const [report] = checkEligibility(
      { programmes: programmesOfCall(programmes, call()) },
      { action, edition: 2026, consortium }
    ) as [CheckReport]
    const own = report.rules.find(({ id }) => id === 'baltic-partner')!
    assert.equal(own.answer, 'not-met')
    assert.deepEqual(
      own.sources.map(({ title, url }) => [title, url]),
      [['Baltic call', 'https://kopa.example/lv/calls/2026-lv-viaa-1']]
    )
    assert.equal(report.rules.find(({ id }) => id === 'minimum-organisations')!.answer, 'met')
  })

  test('counts the age of the applicant to its own deadline, not to the guide’s', () => {
    const young = {
      ...consortium,
      partners: [partner('LV', 'coordinator', '2025-01-01'), ...consortium.partners.slice(1)]
    }
    const age = (of: typeof programmes) => {
      const [report] = checkEligibility({ programmes: of }, { action, edition: 2026, consortium: young }) as [
        CheckReport
      ]
      return report.rules.find(({ id }) => id === 'applicant-age')?.answer
    }
    assert.equal(age(programmes), 'not-met')
    assert.equal(age(programmesOfCall(programmes, call())), 'met')
  })

  test('knows only what it opens', () => {
    const of = programmesOfCall(programmes, call())
    assert.deepEqual(of.editions, [2026])
    assert.deepEqual([...of.edition(2026)!.actions.keys()], [action])
    assert.deepEqual(of.edition(2026)!.actions.get(action)!.fields, ['school'])
    assert.equal(programmes.edition(2026)!.actions.get(action)!.fields.length, 6)
  })
})

test('a call outside any guide is checked by its own rules alone', () => {
  const of = programmesOfCall(programmes, call({ actions: [] }))
  const [report] = checkEligibility(
    { programmes: of },
    { action: actionOfCall, edition: 2026, consortium }
  ) as [CheckReport]
  assert.deepEqual(
    report.rules.map(({ id }) => id),
    ['baltic-partner']
  )
  assert.equal(report.answer, 'not-eligible')
  assert.equal(report.names.lv, 'Baltijas uzaicinājums')
})

suite('rules that cannot be used are told with line and path', () => {
  for (const [what, text, message] of [
    ['no YAML', 'rules: [', /./],
    ['no rules', 'hello', /must be object/],
    ['an unknown word', 'rules:\n  - id: a\n    says: { en: a, lv: b }\n    lottery: true', /lottery/],
    ['no Latvian', 'rules:\n  - id: a\n    says: { en: a }\n    assessor: true', /lv/],
    ['an unknown country set', baltic.replace('[LV, EE, LT]', '[atlantis]'), /atlantis/],
    [
      'an unknown question',
      'rules:\n  - id: a\n    says: { en: a, lv: b }\n    answer: { key: colour, at-least: 1 }',
      /colour/
    ],
    ['a rule of the guide again', baltic.replace('baltic-partner', 'minimum-organisations'), /already/],
    ['another edition', baltic.replace('    says', '    editions: 2025\n    says'), /2026/],
    [
      'an unknown document',
      baltic.replace('    says', '    sources: [{ document: hearsay }]\n    says'),
      /hearsay/
    ],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nrules: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      /alias/i
    ],
    ['far too much', 'x'.repeat(60_001), /characters/]
  ] as const) {
    test(what, () => {
      const read = readOwnRules(programmes, text, of2026)
      assert.ok('problems' in read && read.problems.length > 0)
      assert.match(read.problems.map(({ message }) => message).join('\n'), message)
      assert.ok(read.problems.every(({ line }) => line >= 1))
    })
  }

  test('no rules at all are fine', () => {
    assert.deepEqual(readOwnRules(programmes, ' \n', of2026), { rules: [], questions: [] })
  })
})
