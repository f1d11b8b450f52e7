import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import type { Answer } from '../application.ts'
import { filledWith, jonas, maria, museum } from './form.fixture.ts'
import { toldForm } from './told-form.ts'

/** As Jonas's program hears it in Latvian: it writes his part alone. */
function asked(given: Record<string, unknown>) {
  const filled = filledWith(given)
  const answers = new Map(
    [...filled.answers].map(([path, answer]): [string, Answer] => [path, { ...answer, path, version: 3 }])
  )
  const edits = (path: string) => path.includes(jonas)
  return toldForm({ filled, answers, edits, speaking: { language: 'lv', t: texts('lv') } })
}

const questionAt = ({ asked }: ReturnType<typeof toldForm>, path: string) =>
  asked.flatMap(({ questions }) => questions).find((one) => one.path === path)

test('Jonas’s program is told every question in his language, with its limits and choices', () => {
  const form = asked({ 'work-packages': ['k3j9x2ab'], 'work-packages.k3j9x2ab.title': 'Lasām' })
  const [project] = form.sections
  const summary = project!.questions.find(({ id }) => id === 'summary')
  assert.deepEqual(summary, { kind: 'text', limit: 20, id: 'summary', ask: 'Summary (lv)', required: true })
  assert.deepEqual(form.lists.topics?.[0], { value: 'art', names: 'Art (lv)' })
  assert.deepEqual(
    form.lists.participants?.map(({ value }) => value),
    [maria, jonas, museum]
  )
  assert.deepEqual(form.lists['work-packages'], [{ value: 'k3j9x2ab', names: 'Lasām' }])
  assert.equal(JSON.stringify(form).includes('"en":'), false)
})

test('Jonas’s program is told where each question of now is answered, and of which version', () => {
  const form = asked({
    'project.trains': false,
    'work-packages': ['k3j9x2ab'],
    'work-packages.k3j9x2ab.title': 'Lasām'
  })
  assert.deepEqual(questionAt(form, 'work-packages.k3j9x2ab.title'), {
    path: 'work-packages.k3j9x2ab.title',
    question: 'title',
    row: 'k3j9x2ab',
    required: true,
    answered: true,
    version: 3,
    wrong: []
  })
  const packages = form.asked.find(({ path }) => path === 'work-packages')
  assert.deepEqual(packages?.rows, { ids: ['k3j9x2ab'], version: 3 })
  assert.equal(questionAt(form, 'project.summary')?.version, 0)
  const writes = form.asked.filter(({ edits }) => edits).map(({ path }) => path)
  assert.deepEqual(writes, [`profile@${jonas}`])
  // Of the museum no staff need be named.
  assert.equal(questionAt(form, `profile@${jonas}.staff`)?.required, true)
  assert.equal(questionAt(form, `profile@${museum}.staff`)?.required, false)
})

test('a question is asked once what it depends on is answered, and not before', () => {
  assert.equal(questionAt(asked({ 'project.trains': false }), 'project.training'), undefined)
  assert.equal(questionAt(asked({ 'project.trains': true }), 'project.training')?.required, true)
})

test('what the form does not take of an answer stands beside it in words', () => {
  const form = asked({ 'project.duration-months': 60, 'project.starts-on': '2026-02-01' })
  assert.match(questionAt(form, 'project.duration-months')!.wrong.join(), /36/)
  assert.deepEqual(questionAt(form, 'project.starts-on')!.wrong, ['Starts in autumn (lv)'])
})
