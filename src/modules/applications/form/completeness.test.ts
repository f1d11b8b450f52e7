import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { askedPaths, completeness, isComplete } from './completeness.ts'
import { isRequired, isShown } from './conditions.ts'
import { filledWith, form, jonas, maria, museum } from './form.fixture.ts'
import { questionOf, type Place } from './filled.ts'
import { shownSections } from './shown.ts'

const whole = {
  'project.acronym': 'UPE',
  'project.summary': 'Par upi.',
  'project.trains': false,
  [`profile@${maria}.background`]: 'Skola pie upes.',
  [`profile@${maria}.staff`]: [{ name: 'Maria' }],
  [`profile@${jonas}.background`]: 'Mokykla.',
  [`profile@${jonas}.staff`]: [{ name: 'Jonas', days: 3 }],
  [`profile@${museum}.background`]: 'Muzejs.',
  'work-packages': ['aaaaaaa1'],
  'work-packages.aaaaaaa1.title': 'Vadība',
  'work-packages.aaaaaaa1.lead': maria,
  'budget.lump-sum': 6_000_000
}

/** What one section still lacks. */
function lacking(given: Record<string, unknown>, section: string): string[] {
  return completeness(filledWith(given))
    .filter(({ path }) => path === section)
    .flatMap(({ missing, wrong }) =>
      [...missing, ...wrong].map(({ path, problem }) => `${path} ${problem.key}`)
    )
}

suite('How far a draft is', () => {
  test('a participant’s section is there once for each participant', () => {
    const paths = shownSections(filledWith({})).map(({ path }) => path)
    assert.deepEqual(paths, [
      'project',
      `profile@${maria}`,
      `profile@${jonas}`,
      `profile@${museum}`,
      'work-packages',
      'budget',
      'annexes'
    ])
  })

  test('an empty draft is empty, a whole one is complete', () => {
    const empty = completeness(filledWith({}))
    assert.deepEqual(
      empty.map(({ state }) => state),
      ['empty', 'empty', 'empty', 'empty', 'empty', 'empty', 'complete']
    )
    assert.equal(isComplete(empty), false)
    const progress = completeness(filledWith(whole))
    assert.deepEqual(
      progress.filter(({ state }) => state !== 'complete'),
      []
    )
    assert.ok(isComplete(progress))
  })

  test('each missing answer is named by its path', () => {
    const { 'project.summary': _summary, ...without } = whole
    assert.deepEqual(lacking(without, 'project'), ['project.summary form.missing'])
    assert.deepEqual(lacking({}, 'work-packages'), ['work-packages applications-form.problem.more-rows'])
    assert.deepEqual(lacking({ 'work-packages': ['aaaaaaa1'] }, 'work-packages'), [
      'work-packages.aaaaaaa1.title form.missing',
      'work-packages.aaaaaaa1.lead form.missing'
    ])
  })

  test('spaces are no answer', () => {
    assert.deepEqual(lacking({ ...whole, 'project.summary': '  \n ' }, 'project'), [
      'project.summary form.missing'
    ])
  })

  test('training is asked about only where people are trained, and its old answer then counts no more', () => {
    const place: Place = { section: form.sections[0]! }
    const training = questionOf(form, 'project', 'training')!
    assert.equal(isShown(filledWith({}), place, training), false)
    const yes = filledWith({ 'project.trains': true })
    assert.equal(isShown(yes, place, training), true)
    assert.equal(isRequired(yes, place, training), true)
    assert.deepEqual(lacking({ ...whole, 'project.trains': true }, 'project'), [
      'project.training form.missing'
    ])
    assert.equal(isComplete(completeness(filledWith({ ...whole, 'project.training': 'Kursi.' }))), true)
  })

  test('the museum, being associated, need not name its staff', () => {
    const staff = questionOf(form, 'profile', 'staff')!
    const section = form.sections[1]!
    assert.equal(isRequired(filledWith({}), { section, participant: maria }, staff), true)
    assert.equal(isRequired(filledWith({}), { section, participant: museum }, staff), false)
  })

  test('an answer that breaks its limits keeps its section from being complete', () => {
    const long = { ...whole, 'project.summary': 'Š'.repeat(21) }
    assert.deepEqual(lacking(long, 'project'), ['project.summary applications-form.problem.too-long'])
    const rows = { ...whole, 'work-packages': ['aaaaaaa1', 'aaaaaaa1', 'aaaaaaa1'] }
    assert.equal(lacking(rows, 'work-packages')[0], 'work-packages applications-form.problem.fewer-rows')
  })

  test('a leader who left the consortium has to be chosen anew', () => {
    const gone = { ...whole, 'work-packages.aaaaaaa1.lead': '99999999-9999-4999-8999-999999999999' }
    assert.deepEqual(lacking(gone, 'work-packages'), [
      'work-packages.aaaaaaa1.lead applications-form.problem.gone'
    ])
  })

  test('counts are of what is asked now', () => {
    const [project] = completeness(filledWith({ 'project.acronym': 'UPE', 'project.topics': ['art'] }))
    assert.deepEqual(
      [project!.asked, project!.answered, project!.required, project!.requiredAnswered],
      [7, 2, 3, 1]
    )
    assert.equal(project!.state, 'begun')
  })
})

test('conditions that lead to each other do not hang', () => {
  const looped = {
    ...form,
    sections: [
      {
        ...form.sections[0]!,
        questions: [
          {
            kind: 'yes-no' as const,
            id: 'one',
            ask: form.sections[0]!.title,
            shown: { answer: 'project.two', is: true }
          },
          {
            kind: 'yes-no' as const,
            id: 'two',
            ask: form.sections[0]!.title,
            shown: { answer: 'project.one', is: true }
          }
        ]
      }
    ]
  }
  const filled = filledWith({ 'project.one': true, 'project.two': true }, looped)
  assert.equal(completeness(filled)[0]!.asked, 0)
})

test('what is hidden is no part of what is submitted', () => {
  const asked = askedPaths(
    completeness(filledWith({ 'project.training': 'Kursi.', 'work-packages': ['aaaaaaa1'] }))
  )
  assert.ok(
    asked.has('project.summary') && asked.has('work-packages') && asked.has('work-packages.aaaaaaa1.title')
  )
  assert.ok(asked.has(`profile@${museum}.background`))
  assert.equal(asked.has('project.training'), false)
  assert.equal(asked.has('work-packages.bbbbbbb2.title'), false)
})
