import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type Field, fields } from '#modules/programmes'
import { fc } from '../../../tests/drawn-cases.ts'
import { type Mandate, type MandateAnswer, type MandateQuestion, holdsOn, mandateFor } from './mandate.ts'

const someFields: readonly Field[] = fields.slice(0, 3)
const countries = ['LV', 'EE']
const actions = ['cooperation', 'small-scale']
const bodies = ['a', 'b', 'c']
const base = Temporal.PlainDate.from('2026-01-01')

const day = fc.integer({ min: 0, max: 6 }).map((days) => base.add({ days }))
const limit = <Value>(values: readonly Value[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: null })

const mandate = fc
  .record({
    body: fc.constantFrom(...bodies),
    unit: fc.option(fc.constantFrom('u', 'v'), { nil: null }),
    purpose: fc.constantFrom('manages-actions', 'informs-applicants'),
    countries: limit(countries),
    fields: limit(someFields),
    actions: limit(actions),
    days: fc.tuple(fc.option(day, { nil: null }), fc.option(day, { nil: null }))
  })
  .filter(({ days: [from, until] }) => !from || !until || Temporal.PlainDate.compare(from, until) <= 0)
  .map(({ days: [from, until], unit, ...rest }): Omit<Mandate, 'id'> => ({
    ...rest,
    purpose: rest.purpose as Mandate['purpose'],
    bodyKinds: ['national-agency'],
    unit: unit && `${rest.body}-${unit}`,
    from,
    until
  }))
const mandates = fc
  .array(mandate, { maxLength: 7 })
  .map((all) => all.map((one, index): Mandate => ({ ...one, id: String(index) })))

const complete: fc.Arbitrary<MandateQuestion> = fc.record({
  purpose: fc.constant('manages-actions' as const),
  country: fc.constantFrom(...countries),
  field: fc.constantFrom(...someFields),
  action: fc.constantFrom(...actions),
  on: day
})

const named = (answer: MandateAnswer): string[] =>
  answer.answer === 'body' ? [answer.body] : answer.answer === 'several' ? bodiesOf(answer) : []
const bodiesOf = (answer: MandateAnswer & { answer: 'several' }) =>
  answer.bodies.map(({ body }) => body).sort()

const covers = (question: MandateQuestion, one: Mandate) =>
  one.purpose === question.purpose &&
  (!one.countries || one.countries.includes(question.country!)) &&
  (!one.fields || one.fields.includes(question.field!)) &&
  (!one.actions || one.actions.includes(question.action!)) &&
  holdsOn(one, question.on)

test('Whoever is named has a mandate that covers the question and holds on the day; nobody only when nobody has', () => {
  fc.assert(
    fc.property(complete, mandates, (question, all) => {
      const answer = mandateFor(question, all)
      const fitting = all.filter((one) => covers(question, one))
      assert.equal(answer.answer === 'none', fitting.length === 0)
      if (answer.answer === 'body') assert.ok(covers(question, answer.mandate))
      if (answer.answer === 'several') {
        assert.ok(answer.bodies.length > 1)
        assert.ok(answer.bodies.every(({ mandate }) => covers(question, mandate)))
        // All was said: nothing could narrow it down.
        assert.deepEqual(answer.ask, [])
      }
    }),
    { numRuns: 2000 }
  )
})

test('The order in which mandates were written down changes nothing', () => {
  fc.assert(
    fc.property(complete, mandates, fc.integer(), (question, all, seed) => {
      const shuffled = all.toSorted(
        (a, b) => Number(a.id) * seed - Number(b.id) * seed || (a.id < b.id ? 1 : -1)
      )
      assert.deepEqual(named(mandateFor(question, all)), named(mandateFor(question, shuffled)))
    }),
    { numRuns: 1000 }
  )
})

test('A mandate of another day, purpose or country changes no answer', () => {
  fc.assert(
    fc.property(complete, mandates, mandate, (question, all, more) => {
      fc.pre(!covers(question, { ...more, id: 'more' }))
      const before = named(mandateFor(question, all))
      assert.deepEqual(named(mandateFor(question, [...all, { ...more, id: 'more' }])), before)
    }),
    { numRuns: 1000 }
  )
})

test('A mandate decides on its first and last day and on no other', () => {
  fc.assert(
    fc.property(complete, mandate, day, day, (question, one, a, b) => {
      const [from, until] = [a, b].sort(Temporal.PlainDate.compare) as [typeof a, typeof a]
      const only: Mandate = {
        ...one,
        id: 'only',
        purpose: question.purpose,
        countries: null,
        fields: null,
        actions: null,
        from,
        until
      }
      const on = (moment: Temporal.PlainDate) => named(mandateFor({ ...question, on: moment }, [only]))
      assert.deepEqual([on(from), on(until)], [[one.body], [one.body]])
      assert.deepEqual([on(from.subtract({ days: 1 })), on(until.add({ days: 1 }))], [[], []])
    }),
    { numRuns: 500 }
  )
})

test('Who leaves something open is told everybody who could turn out to be the one', () => {
  const open = fc.subarray(['country', 'field', 'action'] as const, { minLength: 1 })
  fc.assert(
    fc.property(complete, mandates, open, (question, all, left) => {
      const asked: MandateQuestion = { ...question }
      for (const one of left) delete asked[one]
      const answer = mandateFor(asked, all)
      const told = new Set(named(answer))
      for (const whole of completions(asked)) {
        for (const body of named(mandateFor(whole, all))) {
          assert.ok(told.has(body), `${body} answers ${JSON.stringify(whole)}`)
        }
      }
    }),
    { numRuns: 2000 }
  )
})

/** Every way in which an open question could be said to the end. */
function completions(question: MandateQuestion): MandateQuestion[] {
  return (question.country ? [question.country] : countries).flatMap((country) =>
    (question.field ? [question.field] : someFields).flatMap((field) =>
      (question.action ? [question.action] : actions).map((action) => ({
        ...question,
        country,
        field,
        action
      }))
    )
  )
}
