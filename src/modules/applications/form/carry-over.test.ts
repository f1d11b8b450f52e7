import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ApplicationForm, FormQuestion } from '#modules/programmes'
import { fc } from '../../../../tests/drawn-cases.ts'
import { carryOver } from './carry-over.ts'
import { filledWith, form, maria, section, words } from './form.fixture.ts'

/** The form with one section's questions changed. */
function changed(
  id: string,
  change: (questions: readonly FormQuestion[]) => FormQuestion[]
): ApplicationForm {
  return {
    ...form,
    version: 2,
    sections: form.sections.map((one) => (one.id === id ? { ...one, questions: change(one.questions) } : one))
  }
}

const replaced = (id: string, by: Partial<FormQuestion>) => (questions: readonly FormQuestion[]) =>
  questions.map((one) => (one.id === id ? ({ ...one, ...by } as FormQuestion) : one))

const given = {
  'project.summary': 'Par upi un jūru.',
  'project.lot': 2,
  'project.topics': ['art', 'sea'],
  [`profile@${maria}.staff`]: [{ name: 'Maria', days: 3 }],
  'work-packages': ['aaaaaaa1'],
  'work-packages.aaaaaaa1.title': 'Vadība'
}
const { answers } = filledWith(given)

suite('A draft under a new version of its form', () => {
  test('what did not change stays as it is', () => {
    const carried = carryOver(form, { ...form, version: 2 }, answers)
    assert.deepEqual([...carried.answers], [...answers])
    assert.deepEqual([carried.moved, carried.changed, carried.aside, carried.added], [[], [], [], []])
  })

  test('a question that moved brings its answer along', () => {
    const [project, ...others] = form.sections
    const summary = project!.questions.find(({ id }) => id === 'summary')!
    const moved: ApplicationForm = {
      ...form,
      sections: [
        { ...project!, questions: project!.questions.filter(({ id }) => id !== 'summary') },
        section('short', [{ ...summary, id: 'about', was: 'project.summary' }]),
        ...others
      ]
    }
    const carried = carryOver(form, moved, answers)
    assert.equal(carried.answers.get('short.about')?.text, 'Par upi un jūru.')
    assert.deepEqual(carried.moved, [{ from: 'project.summary', to: 'short.about' }])
    assert.deepEqual([carried.aside, carried.added], [[], []])
  })

  suite('questions that take the ids of others', () => {
    const texts = filledWith({ 'project.acronym': 'UPE', 'project.summary': 'Par upi.' }).answers
    const named = (ids: Record<string, string>) =>
      changed('project', (questions) =>
        questions
          .filter(({ id }) => id in ids || !Object.values(ids).includes(id))
          .map((one) => (one.id in ids ? { ...one, id: ids[one.id]!, was: `project.${one.id}` } : one))
      )
    const said = (oldForm: ApplicationForm, newForm: ApplicationForm, given = texts) => {
      const carried = carryOver(oldForm, newForm, given)
      return {
        answers: Object.fromEntries([...carried.answers].map(([path, { text }]) => [path, text])),
        aside: carried.aside.map(({ path, why }) => `${path} ${why}`),
        added: carried.added
      }
    }

    test('what answered the one that is gone does not answer the one that came', () => {
      const next = named({ summary: 'acronym' })
      assert.deepEqual(said(form, next), {
        answers: { 'project.acronym': 'Par upi.' },
        aside: ['project.acronym question-gone'],
        added: []
      })
      // Also where the one that came is not answered.
      const { answers: given } = filledWith({ 'project.acronym': 'UPE' })
      assert.deepEqual(said(form, next, given).aside, ['project.acronym question-gone'])
    })

    test('two that change places do so once: later versions go on saying where they were', () => {
      const swapped = named({ acronym: 'summary', summary: 'acronym' })
      const answers = { 'project.summary': 'UPE', 'project.acronym': 'Par upi.' }
      assert.deepEqual(said(form, swapped), { answers, aside: [], added: [] })
      const { answers: given } = carryOver(form, swapped, texts)
      assert.deepEqual(said(swapped, { ...swapped, version: 3 }, given), { answers, aside: [], added: [] })
    })

    test('each takes the place of the next, in whatever order the answers come', () => {
      const next = named({ acronym: 'summary', summary: 'long' })
      const answers = { 'project.summary': 'UPE', 'project.long': 'Par upi.' }
      assert.deepEqual(said(form, next).answers, answers)
      assert.deepEqual(said(form, next, new Map([...texts].toReversed())).answers, answers)
    })

    test('an answer that was kept without a question answers no other one', () => {
      const without = named({})
      const gone = changed('project', (questions) => questions.filter(({ id }) => id !== 'acronym'))
      assert.deepEqual(said(form, gone).aside, ['project.acronym question-gone'])
      const next = named({ summary: 'acronym' })
      assert.deepEqual(said(gone, next).answers, { 'project.acronym': 'Par upi.' })
      assert.deepEqual(
        said(gone, without).answers,
        Object.fromEntries([...texts].map(([path, { text }]) => [path, text]))
      )
    })

    test('where a question was is said too late: what was written since stays', () => {
      const { answers: given } = filledWith({ 'project.acronym': 'UPE', 'project.short': 'UP' })
      const late = changed('project', replaced('acronym', { was: 'project.short' }))
      assert.deepEqual(said(form, late, given), {
        answers: { 'project.acronym': 'UPE' },
        aside: ['project.short question-gone'],
        added: []
      })
    })
  })

  test('the answer of a question that is gone is kept aside; a new question is named', () => {
    const next = changed('project', (questions) => [
      ...questions.filter(({ id }) => id !== 'summary'),
      { kind: 'yes-no', id: 'green', ask: words('Green?') }
    ])
    const carried = carryOver(form, next, answers)
    assert.deepEqual(
      carried.aside.map(({ path, why, given }) => [path, why, given.text]),
      [['project.summary', 'question-gone', 'Par upi un jūru.']]
    )
    assert.deepEqual(carried.added, ['project.green'])
  })

  test('a shorter limit and other words are shown, the answer stays', () => {
    const shorter = carryOver(form, changed('project', replaced('summary', { limit: 5 })), answers)
    assert.deepEqual(shorter.changed, [{ path: 'project.summary', why: 'limit' }])
    const asked = carryOver(
      form,
      changed('project', replaced('summary', { ask: words('In short') })),
      answers
    )
    assert.deepEqual(asked.changed, [{ path: 'project.summary', why: 'asked-otherwise' }])
    assert.equal(asked.answers.get('project.summary'), answers.get('project.summary'))
  })

  test('choices that are gone are kept aside, the others stay', () => {
    const next = { ...form, lists: { topics: form.lists.topics!.slice(0, 1) } }
    const carried = carryOver(form, next, answers)
    assert.deepEqual(carried.answers.get('project.topics')?.value, ['art'])
    assert.deepEqual(
      carried.aside.map(({ given }) => given.value),
      [['art', 'sea']]
    )
    const options = [{ value: 1, names: words('One') }]
    const lot = carryOver(form, changed('project', replaced('lot', { options })), answers)
    assert.deepEqual(
      lot.aside.map(({ path, why }) => `${path} ${why}`),
      ['project.lot option-gone']
    )
  })

  test('one choice becomes a list of choices; a table loses a column and nothing is lost', () => {
    const many = carryOver(form, changed('project', replaced('lot', { kind: 'choices' })), answers)
    assert.deepEqual(many.answers.get('project.lot')?.value, [2])
    const columns = [{ kind: 'line', limit: 8, id: 'name', ask: words('Name') }] as const
    const table = carryOver(form, changed('profile', replaced('staff', { columns })), answers)
    assert.deepEqual(table.answers.get(`profile@${maria}.staff`)?.value, [{ name: 'Maria' }])
    assert.deepEqual(table.aside[0]?.given.value, [{ name: 'Maria', days: 3 }])
  })

  test('rows stay with their section, and go aside with it', () => {
    const without = { ...form, sections: form.sections.filter(({ id }) => id !== 'work-packages') }
    assert.deepEqual(
      carryOver(form, without, answers).aside.map(({ path }) => path),
      ['work-packages', 'work-packages.aaaaaaa1.title']
    )
  })

  test('whatever changes in the form, every answer is in the draft or aside', () => {
    const change = fc.constantFrom<(questions: readonly FormQuestion[]) => FormQuestion[]>(
      (questions) => [...questions],
      () => [{ kind: 'yes-no', id: 'new', ask: words('New?') }],
      (questions) => questions.slice(1),
      (questions) => questions.map((one) => ({ ...one, ask: words('Other') })),
      (questions) => questions.map(({ id, ask }) => ({ kind: 'text', limit: 3, id, ask })),
      (questions) => questions.map(({ id, ask }) => ({ kind: 'number', least: 1, id, ask }))
    )
    fc.assert(
      fc.property(fc.array(change, { minLength: 5, maxLength: 5 }), (changes) => {
        const sections = form.sections.map((one, index) => ({
          ...one,
          questions: changes[index]!(one.questions)
        }))
        const carried = carryOver(form, { ...form, sections }, answers)
        for (const [path, answer] of answers) {
          const kept = carried.answers.get(path)
          const aside = carried.aside.find((one) => one.path === path)
          assert.ok(
            kept === answer ||
              aside?.given === answer ||
              (kept && carried.changed.some((one) => one.path === path)),
            path
          )
        }
      })
    )
  })
})
