import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CallTerms, emptyTerms } from './call.ts'
import { changesBetween, merge, withField } from './changes.ts'

const base: CallTerms = {
  ...emptyTerms(),
  title: { lv: 'Sadarbības partnerības', en: 'Cooperation partnerships' },
  deadline: { day: '2027-03-04', hour: '12:00' }
}

test('what changed is told field by field, a text in each language for itself', () => {
  const now = {
    ...base,
    title: { ...base.title, en: 'Cooperation Partnerships 2027', de: 'Kooperationspartnerschaften' },
    deadline: { day: '2027-03-11', hour: '12:00' }
  }
  assert.deepEqual(changesBetween(base, now), [
    { field: 'title.en', from: 'Cooperation partnerships', to: 'Cooperation Partnerships 2027' },
    {
      field: 'deadline',
      from: { day: '2027-03-04', hour: '12:00' },
      to: { day: '2027-03-11', hour: '12:00' }
    },
    { field: 'title.de', from: null, to: 'Kooperationspartnerschaften' }
  ])
  assert.deepEqual(changesBetween(base, structuredClone(base)), [])
})

test('a text that is taken away is gone, not empty', () => {
  assert.deepEqual(withField(base, 'title.lv', undefined).title, { en: 'Cooperation partnerships' })
})

suite('Petra and Juris write at the same call', () => {
  const petra = { ...base, deadline: { day: '2027-03-11', hour: '12:00' } }

  test('what they changed in different places comes together', () => {
    const juris = { ...base, title: { ...base.title, en: 'Partnerships' } }
    const { terms, theirs, clashes } = merge(base, petra, juris)
    assert.deepEqual(terms, { ...petra, title: juris.title })
    assert.deepEqual(
      theirs.map(({ field }) => field),
      ['deadline']
    )
    assert.deepEqual(clashes, [])
  })

  test('where both changed the same, it is named and neither is lost', () => {
    const juris = { ...base, deadline: { day: '2027-03-18', hour: '12:00' } }
    const { terms, theirs, clashes } = merge(base, petra, juris)
    assert.deepEqual(clashes, ['deadline'])
    assert.deepEqual(terms.deadline, juris.deadline)
    assert.deepEqual(theirs[0]!.to, petra.deadline)
  })

  test('the same change twice is no clash', () => {
    assert.deepEqual(merge(base, petra, petra).clashes, [])
    assert.deepEqual(merge(base, petra, petra).terms, petra)
  })

  test('a text that Juris takes away stays away', () => {
    const juris = { ...base, title: { lv: base.title.lv! } }
    assert.deepEqual(merge(base, petra, juris).terms.title, juris.title)
  })
})
