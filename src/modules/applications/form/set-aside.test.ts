import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { filledWith, form, jonas, maria } from './form.fixture.ts'
import { askedIn, setAside } from './set-aside.ts'

const gone = '44444444-4444-4444-8444-444444444444'

suite('what is answered and nobody asks for', () => {
  test('is found with the reason, and what is asked or empty is not', () => {
    const filled = filledWith({
      'project.acronym': 'UPE',
      'project.old-question': 'Vecs',
      'project-v1.acronym': 12,
      'work-packages': ['aaaaaaa1'],
      'work-packages.aaaaaaa1.title': 'Vadība',
      'work-packages.bbbbbbb2.title': 'Noņemta',
      'work-packages.ccccccc3.title': '',
      [`profile@${jonas}.background`]: 'Mokykla.',
      [`profile@${gone}.background`]: 'Bija.',
      [`profile@${gone}`]: ['aaaaaaa1']
    })
    assert.deepEqual(
      setAside(filled).map(({ path, why }) => [path, why]),
      [
        [`profile@${gone}.background`, 'participant-gone'],
        ['project-v1.acronym', 'question-gone'],
        ['project.old-question', 'question-gone'],
        ['work-packages.bbbbbbb2.title', 'row-gone']
      ]
    )
  })

  test('a question that another answer has put away is not asked, and comes back with it', () => {
    const hidden = form.sections
      .flatMap((section) => section.questions.map((question) => ({ section, question })))
      .find(({ section, question }) => question.shown && section.of === 'application' && !section.repeats)!
    const path = `${hidden.section.id}.${hidden.question.id}`
    assert.deepEqual(setAside(filledWith({ [path]: 'Kas tas bija?' })), [{ path, why: 'not-asked' }])
  })

  test('its question is found in the version of the form that asked it', () => {
    const before = { ...form, version: 1 }
    const now = { ...form, version: 2, sections: form.sections.filter(({ id }) => id !== 'project') }
    assert.equal(askedIn(now, [before], 'project.acronym')?.form.version, 1)
    assert.equal(askedIn(now, [before], 'project-v1.acronym')?.path, 'project.acronym')
    assert.equal(askedIn(form, [before, now], 'project-v2.acronym')?.form.version, 1)
    assert.equal(askedIn(now, [before], `profile@${maria}.nothing`), undefined)
  })
})
