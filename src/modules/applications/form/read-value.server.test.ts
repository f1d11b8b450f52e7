import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { fc } from '../../../../tests/drawn-cases.ts'
import { filledWith, form, jonas, maria } from './form.fixture.ts'
import { questionOf } from './filled.ts'
import { readValue } from './read-value.server.ts'

const filled = filledWith({})
const question = (path: string) => questionOf(form, ...(path.split('.') as [string, string]))!

function read(path: string, given: unknown): unknown {
  const outcome = readValue(filled, question(path), given)
  return isRefused(outcome)
    ? outcome.problems.map(({ field, key }) => `${field} ${key}`.trim())
    : outcome.value
}

test('what a form sends and what a program sends become the same value', () => {
  const cases: [string, unknown, unknown][] = [
    ['project.duration-months', '24', 24],
    ['project.duration-months', 24, 24],
    ['project.duration-months', '1 234,5', 1234.5],
    ['project.duration-months', ' ', null],
    ['project.trains', 'yes', true],
    ['project.trains', 'no', false],
    ['project.trains', false, false],
    ['project.starts-on', ' 2026-09-01 ', '2026-09-01'],
    ['project.lot', '2', 2],
    ['project.lot', 2, 2],
    ['project.lot', '', null],
    ['project.topics', 'sea', ['sea']],
    ['project.topics', ['sea', 'art', 'sea'], ['art', 'sea']],
    ['project.topics', [], null],
    ['budget.lump-sum', '60 000,00', 6_000_000],
    ['budget.lump-sum', 6_000_000, 6_000_000],
    ['work-packages.lead', jonas, jonas],
    [
      'profile.staff',
      [
        { name: ' Maria\u200b  K ', days: '3' },
        { name: '', days: null }
      ],
      [{ name: 'Maria K', days: 3 }]
    ],
    ['profile.staff', null, null],
    ['annexes.other', null, null]
  ]
  for (const [path, given, value] of cases)
    assert.deepEqual(read(path, given), value, `${path} ${JSON.stringify(given)}`)
})

test('what can be no such answer is refused with words', () => {
  const cases: [string, unknown, string[]][] = [
    ['project.duration-months', 'divi', ['form.not-a-number']],
    ['project.trains', 'maybe', ['form.not-offered']],
    ['project.starts-on', '2026-02-30', ['form.not-a-day']],
    ['project.lot', 3, ['form.not-offered']],
    ['project.topics', ['war'], ['0 form.not-offered']],
    ['budget.lump-sum', 'daudz', ['applications-form.problem.not-money']],
    ['budget.lump-sum', -1, ['applications-form.problem.not-money']],
    ['profile.staff', 'Maria', ['form.not-understood']],
    ['annexes.other', { file: maria, name: 'svešs.pdf', pages: 2 }, ['form.not-understood']],
    ['profile.staff', Array(3).fill({ name: 'M' }), ['applications-form.problem.too-many-rows']],
    ['profile.staff', [{ name: 'M', days: 'x' }], ['0.days form.not-a-number']]
  ]
  for (const [path, given, problems] of cases)
    assert.deepEqual(read(path, given), problems, `${path} ${JSON.stringify(given)}`)
})

test('what stands may stay, though it is not offered any more; in the place of another it is refused', () => {
  const left = '0193a000-0000-7000-8000-00000000000f'
  const reading = (path: string, given: unknown, standing: unknown) => {
    const outcome = readValue(filled, question(path), given, standing)
    return isRefused(outcome) ? outcome.problems.map(({ key }) => key) : outcome.value
  }
  assert.equal(reading('work-packages.lead', left, left), left)
  assert.deepEqual(reading('work-packages.lead', left, jonas), ['form.not-offered'])
  assert.deepEqual(reading('project.topics', ['sea', 'war', 'art'], ['sea', 'war', 'art']), [
    'sea',
    'war',
    'art'
  ])
  assert.deepEqual(reading('project.topics', ['art'], ['sea', 'war', 'art']), ['art'])
})

test('a value outside its limits is kept: nothing a person typed is lost', () => {
  assert.equal(read('project.duration-months', '99'), 99)
  assert.deepEqual(read('project.topics', ['art', 'sea']), ['art', 'sea'])
})

test('whatever is given, it is a value or a refusal, and reading a value again changes nothing', () => {
  const paths = form.sections.flatMap(({ id, questions }) => questions.map((one) => `${id}.${one.id}`))
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, given) => {
      const one = question(path)
      if (one.kind === 'text' || one.kind === 'line') return
      const outcome = readValue(filled, one, given)
      if (isRefused(outcome)) return void assert.ok(outcome.problems.length > 0)
      assert.deepEqual(readValue(filled, one, outcome.value), outcome)
    })
  )
})
