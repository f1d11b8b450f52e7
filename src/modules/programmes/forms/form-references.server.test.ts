import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readRuleText, readSchemas, validatorsOf } from '../programme-files.server.ts'
import { readProgramme } from '../programme.server.ts'
import type { FormFile, SharedFormFile } from './form-file.ts'
import { formProblems, sharedFormProblems } from './form-references.server.ts'

const shipped = join(import.meta.dirname, '../../../../programmes')
const programme = readProgramme(shipped, 'erasmus-plus')
const validators = validatorsOf(readSchemas(join(shipped, 'schema')).values())
const known = {
  sources: new Set(programme.sources.keys()),
  families: new Set(programme.families.map(({ id }) => id)),
  kinds: new Set<string>(),
  countrySets: new Map<string, Set<number>>(),
  commonRules: new Set(programme.commonRules.map(({ id }) => id))
}

/** What is said when somebody changed a shipped form so: each with a line of the file. */
function problemsAfter(change: (text: string) => string, folder = 'cooperation-partnerships'): string[] {
  const before = readFileSync(join(shipped, 'erasmus-plus', folder, 'application-form.yaml'), 'utf8')
  const after = change(before)
  assert.notEqual(after, before, 'the change found its place')
  const problems = folder === 'parameters' ? sharedProblems(after) : ownProblems(after, folder)
  return problems.map(({ line, message }) => {
    assert.ok(line > 1, message)
    return message
  })
}

function sharedProblems(text: string) {
  const file = readRuleText<SharedFormFile>(text, 'form', validators.get('shared-application-form'))
  return 'problems' in file ? file.problems : sharedFormProblems(known, file)
}

function ownProblems(text: string, action: string) {
  const file = readRuleText<FormFile>(text, 'form', validators.get('application-form'))
  return 'problems' in file
    ? file.problems
    : formProblems(known, programme.sharedForm, file, programme.actions.get(action)!)
}

suite('A slip in a form is named with its line', () => {
  const slips: [string, (text: string) => string, RegExp][] = [
    [
      'one language only',
      (text) =>
        text.replace(
          'ask: { en: What do you want to achieve?, lv: Ko vēlaties sasniegt? }',
          'ask: { en: What? }'
        ),
      /“lv” is missing/
    ],
    [
      'a question without its limit',
      (text) => text.replace('        limit: 4000\n', ''),
      /“limit” is missing/
    ],
    [
      'a condition on a question that is not there',
      (text) => text.replace('answer: design.learning, is', 'answer: design.lerning, is'),
      /no question at design\.lerning/
    ],
    [
      'a condition on an option that is not there',
      (text) => text.replaceAll('is: uploaded', 'is: up'),
      /description\.given-as has no option up/
    ],
    ['an id twice', (text) => text.replace('- id: target-groups', '- id: needs'), /“needs” stands twice/],
    [
      'two questions that both were in the same place',
      (text) => {
        const was = '        was: relevance.aims\n        kind: text\n'
        const moved = (id: string) => `- id: ${id}\n${was}`
        return text
          .replace('- id: needs\n        kind: text\n', moved('needs'))
          .replace('- id: objectives\n        kind: text\n', moved('objectives'))
      },
      /^“relevance\.aims” is where relevance\.needs was as well$/
    ],
    [
      'a question that was where another one still is',
      (text) => text.replace('- id: objectives\n', '- id: objectives\n        was: relevance.needs\n'),
      /^“relevance\.needs” is still asked; a question that takes its place says where it was itself$/
    ],
    [
      'a question that was where the shared form, used here, still asks one',
      (text) => text.replace('- id: objectives\n', '- id: objectives\n        was: project.summary\n'),
      /^“project\.summary” is still asked/
    ],
    [
      'a question that was where it is',
      (text) => text.replace('- id: objectives\n', '- id: objectives\n        was: relevance.objectives\n'),
      /^“relevance\.objectives” is where the question stands$/
    ],
    [
      'a question that was a column',
      (text) => text.replace('- id: objectives\n', '- id: objectives\n        was: relevance.aims.aim\n'),
      /^“relevance\.aims\.aim” is no question: section\.question$/
    ],
    [
      'a section nobody knows',
      (text) => text.replace('use: profile', 'use: profiles'),
      /no such section in parameters\/application-form\.yaml: profiles/
    ],
    [
      'a question taken out that was never in',
      (text) => text.replace('without: [priorities]', 'without: [priority]'),
      /“project” has no question priority/
    ],
    [
      'a rule of the guide that is not there',
      (text) => text.replace('rules: [added-value]', 'rules: [no-value]'),
      /eligibility\.yaml has no rule no-value/
    ],
    [
      'a criterion that is not there',
      (text) => text.replace('    criterion: relevance\n    title', '    criterion: relevant\n    title'),
      /no such award criterion: relevant/
    ],
    [
      'an edition in which the action was not there',
      (text) => text.replace('editions: 2021-2026, version: 1', 'editions: 2020-2026, version: 1'),
      /does not exist in edition 2020/
    ],
    [
      'a rule over a text',
      (text) => text.replace('of: work-packages.starts-month', 'of: work-packages.title'),
      /work-packages\.title is a line; this needs number or money or date/
    ],
    [
      'a row named by a question that is not there',
      (text) =>
        text.replace(
          '- use: meetings',
          '- { id: own, title: { en: A, lv: Ā }, repeats: { least: 2, most: 1, one: { en: a, lv: ā }, title: name }, questions: [{ id: a, kind: yes-no, ask: { en: A, lv: Ā } }] }\n  - use: meetings'
        ),
      /no such question in this section: name/
    ],
    [
      'a source nobody knows',
      (text) => text.replace('sources: [{ document: W223 }]', 'sources: [{ document: W9999 }]'),
      /no such document in parameters\/sources\.yaml: W9999/
    ],
    [
      'an unknown key',
      (text) =>
        text.replace('    kind: text', '    knd: text').replace('        kind: text', '        knd: text'),
      /“knd” is not a known key here|“kind” is missing/
    ]
  ]
  for (const [what, change, expected] of slips) {
    test(what, () => {
      assert.match(problemsAfter(change).join('\n'), expected)
    })
  }

  test('questions may change places, also in a round', () => {
    const moved = (id: string, was: string) => (text: string) =>
      text.replace(`- id: ${id}\n`, `- id: ${id}\n        was: relevance.${was}\n`)
    const swapped = (text: string) => moved('needs', 'objectives')(moved('objectives', 'needs')(text))
    assert.deepEqual(problemsAfter(swapped), [])
    assert.deepEqual(problemsAfter(moved('objectives', 'aims')), [])
  })

  test('a slip in the shared form, too', () => {
    const slip = (text: string) => text.replace('then: work-packages.ends-month', 'then: work-packages.end')
    assert.match(problemsAfter(slip, 'parameters').join('\n'), /no question at work-packages\.end/)
  })
})
