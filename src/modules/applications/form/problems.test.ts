import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormQuestion } from '#modules/programmes'
import { filledWith, form, maria } from './form.fixture.ts'
import { questionOf } from './filled.ts'
import { isDay, problemsOf } from './problems.ts'

const filled = filledWith({ 'work-packages': ['aaaaaaa1'] })

/** What is wrong with a value: keys, with the field where it is of a table. */
function wrong(path: string, value: unknown): string[] {
  const [section, question] = path.split('.') as [string, string]
  return problemsOf(filled, questionOf(form, section, question)!, value).map(({ field, key }) =>
    field ? `${field} ${key}` : key
  )
}

test('each kind of answer is held to its limits', () => {
  const cases: [string, unknown, string[]][] = [
    ['project.acronym', '👨‍👩‍👧'.repeat(10), []],
    ['project.acronym', '👨‍👩‍👧'.repeat(11), ['applications-form.problem.too-long']],
    ['project.starts-on', '2026-09-01', []],
    ['project.starts-on', '2025-12-31', ['applications-form.problem.too-early']],
    ['project.starts-on', '2028-01-01', ['applications-form.problem.too-late']],
    ['project.starts-on', '2026-02-30', ['form.not-a-day']],
    ['project.duration-months', 24, []],
    ['project.duration-months', 11, ['form.too-small']],
    ['project.duration-months', 37, ['form.too-large']],
    ['project.duration-months', 24.5, ['form.not-a-number']],
    ['project.duration-months', 'divi', ['form.not-a-number']],
    ['project.topics', ['art'], []],
    ['project.topics', ['art', 'sea'], ['applications-form.problem.choose-fewer']],
    ['project.topics', ['war'], ['applications-form.problem.gone']],
    ['project.lot', 2, []],
    ['project.lot', '2', ['applications-form.problem.gone']],
    ['project.trains', 'yes', ['form.not-offered']],
    ['budget.lump-sum', 6_000_000, []],
    ['budget.lump-sum', 6_000_001, ['form.not-offered']],
    ['work-packages.share', 0, ['applications-form.problem.less-money']],
    ['work-packages.share', 0.5, ['applications-form.problem.not-money']],
    ['work-packages.lead', maria, []],
    ['annexes.of', 'aaaaaaa1', []],
    ['annexes.other', { file: maria, name: 'a.pdf', pages: 5 }, []],
    ['annexes.other', { file: maria, name: 'a.pdf', pages: 6 }, ['applications-form.problem.too-many-pages']],
    ['profile.staff', [{ name: 'Maria' }], []],
    ['profile.staff', [{ days: -1 }], ['0.name form.missing', '0.days form.too-small']],
    ['profile.staff', Array(3).fill({ name: 'M' }), ['applications-form.problem.fewer-rows']]
  ]
  for (const [path, value, expected] of cases) {
    assert.deepEqual(wrong(path, value), expected, `${path} ${JSON.stringify(value)}`)
  }
})

test('nothing answered is no problem of the answer', () => {
  for (const value of [undefined, null, '']) assert.deepEqual(wrong('project.summary', value), [])
})

test('the days of the calendar', () => {
  for (const day of ['2024-02-29', '2026-12-31']) assert.ok(isDay(day))
  for (const day of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', 20260101])
    assert.ok(!isDay(day))
})

test('decimals are counted', () => {
  const question: FormQuestion = { kind: 'number', decimals: 1, id: 'fte', ask: { en: 'FTE', lv: 'Slodze' } }
  assert.deepEqual(problemsOf(filled, question, 0.1 + 0.2), [])
  assert.equal(problemsOf(filled, question, 0.25)[0]?.key, 'applications-form.problem.too-fine')
})
