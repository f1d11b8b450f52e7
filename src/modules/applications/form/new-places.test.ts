import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ApplicationForm, FormQuestion } from '#modules/programmes'
import { fc } from '../../../../tests/drawn-cases.ts'
import { carryOver } from './carry-over.ts'
import { filledWith, form, section, words } from './form.fixture.ts'
import { newPlaces } from './new-places.ts'

/** A form that asks these questions, each in words of its own: its id, or where it was. */
function asking(
  questions: { id: string; was?: string | undefined; says: string }[],
  version: number
): ApplicationForm {
  const asked = questions.map(({ id, was, says }): FormQuestion => ({
    kind: 'text',
    limit: 100,
    id,
    ask: words(says),
    ...(was !== undefined && { was: `aims.${was}` })
  }))
  return { ...form, version, sections: [section('aims', asked)], rules: [] }
}

const ids = ['a', 'b', 'c', 'd', 'e']
const old = asking(
  ids.map((id) => ({ id, says: id })),
  1
)

/** Each in its third version. */
function written(given: Record<string, string>) {
  return new Map([...filledWith(given, old).answers].map(([path, one]) => [path, { ...one, version: 3 }]))
}

suite('Everything in a draft has one place in the new version of its form', () => {
  test('whichever ids change: under its own question, or under none, and never two in one place', () => {
    const someKept = fc.subarray(ids)
    const someNames = fc.shuffledSubarray([...ids, 'f', 'g'], { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(
        someKept,
        someNames,
        fc.subarray(ids),
        fc.subarray(ids),
        (kept, names, answered, discussed) => {
          const next = kept.map((was, index) => ({ id: names[index]!, was, says: was }))
          const now = asking(
            next.map((one) => (one.id === one.was ? { ...one, was: undefined } : one)),
            2
          )
          const answers = written(Object.fromEntries(answered.map((id) => [`aims.${id}`, id])))
          const places = newPlaces(
            carryOver(old, now, answers),
            { old, form: now },
            { answers, discussed: discussed.map((id) => `aims.${id}`), carried: 0 }
          )
          const isAt = (moves: { from: string; to: string }[], id: string) =>
            moves.find(({ from }) => from === `aims.${id}`)?.to ?? `aims.${id}`
          for (const [moves, all] of [
            [places.answers, answered],
            [places.talks, discussed],
            [places.suggestions, discussed]
          ] as const) {
            const at = all.map((id) => isAt(moves, id))
            assert.equal(new Set(at).size, at.length)
            all.forEach((id, index) => {
              const standsNow = next.find(({ was }) => was === id)?.id
              const taken = next.some((one) => one.id === id)
              const wanted = standsNow ? `aims.${standsNow}` : taken ? `aims-v1.${id}` : `aims.${id}`
              assert.equal(at[index], wanted)
            })
          }
        }
      )
    )
  })

  test('a place beside the draft that is used already is not used again', () => {
    const now = asking([{ id: 'a', was: 'b', says: 'b' }], 2)
    const answers = written({ 'aims.a': 'A', 'aims.b': 'B', 'aims-v1.a': 'Earlier' })
    const places = newPlaces(
      carryOver(old, now, answers),
      { old, form: now },
      { answers, discussed: [], carried: 0 }
    )
    assert.deepEqual(places.answers, [
      { from: 'aims.a', to: 'aims-v2.a', after: 0 },
      { from: 'aims.b', to: 'aims.a', after: 3 }
    ])
  })
})
