import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ApplicationForm, FormQuestion, RuleLimit } from '#modules/programmes'
import { texts } from '#shared/texts/index.ts'
import { questionView } from '../pages/section/question-view.server.ts'
import { completeness } from './completeness.ts'
import { filledWith, form, words } from './form.fixture.ts'
import { beyondRules } from './rule-limits.ts'

const shortOnes: RuleLimit = { rule: 'duration', says: words('At most 24 months'), most: 24 }
const ofTraining: RuleLimit = {
  rule: 'training',
  says: words('Training lasts 12 or 18 months'),
  oneOf: [12, 18],
  when: { answer: 'project.trains', is: true }
}

/** The form with what rules say of the duration. */
function ruled(...limits: RuleLimit[]): ApplicationForm {
  const withLimits = (question: FormQuestion) =>
    question.id === 'duration-months' ? { ...question, limits } : question
  return {
    ...form,
    sections: form.sections.map((one) => ({ ...one, questions: one.questions.map(withLimits) }))
  }
}

/** The field of the duration as Maria sees it. */
function durationIn(given: Record<string, unknown>, of: ApplicationForm) {
  const filled = filledWith(given, of)
  const section = of.sections[0]!
  const question = section.questions.find(({ id }) => id === 'duration-months')!
  const view = questionView(
    question,
    { section },
    {
      filled,
      answers: new Map(
        [...filled.answers].map(([path, one]) => [path, { ...one, path, version: 1 }] as const)
      ),
      speaking: { language: 'lv', t: texts('lv') },
      deciding: new Set(),
      ruled: new Set(),
      broken: new Map(),
      addressOf: (_page, path) => path
    }
  )
  return { filled, section, question, view }
}

suite('what a rule of the programme allows of a number', () => {
  test('is said at the field that does not keep to it, and beside it from the start', () => {
    const { view } = durationIn({ 'project.duration-months': 30 }, ruled(shortOnes))
    assert.deepEqual(view.wrong, [{ field: 'project.duration-months', message: 'At most 24 months (lv)' }])
    assert.equal(view.help, 'At most 24 months (lv)')
    assert.deepEqual(durationIn({ 'project.duration-months': 24 }, ruled(shortOnes)).view.wrong, [])
  })

  test('counts once what it depends on is answered so', () => {
    const given = { 'project.duration-months': 20 }
    const free = durationIn(given, ruled(ofTraining))
    assert.deepEqual([free.view.wrong, free.view.help], [[], undefined])
    const bound = durationIn({ ...given, 'project.trains': true }, ruled(ofTraining))
    assert.equal(bound.view.wrong.length, 1)
    assert.equal(bound.view.help, 'Training lasts 12 or 18 months (lv)')
  })

  test('is not counted twice: the form takes the value, the check is what stands in the way', () => {
    const { filled, section, question } = durationIn({ 'project.duration-months': 30 }, ruled(shortOnes))
    assert.equal(beyondRules(filled, { section }, question, 30).length, 1)
    const [project] = completeness(filled)
    assert.deepEqual(project!.wrong, [])
  })
})
