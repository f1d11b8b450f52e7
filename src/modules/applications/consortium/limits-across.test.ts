import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { applicationLimits } from '#server/programmes'
import { theProgrammes } from '../../../../tests/cast/calls-at-desk.ts'
import { type Counted, inOrderOfCounting, limitsTouched } from './limits-across.ts'

const programmes = theProgrammes()
const limitsOf = (
  action: string,
  field: 'school' | 'youth' | 'higher-education' = 'school',
  edition = 2026
) => applicationLimits({ programmes }, { action, edition, field })

/** An application that some coordinate together. The first coordinates. */
function together(code: string, organisations: string, more: Partial<Counted> = {}): Counted {
  return {
    ...{ code, field: 'school', state: 'draft', submittedAt: undefined },
    startedAt: `2026-01-01T00:00:${code.slice(-2).padStart(2, '0')}Z`,
    members: [...organisations].map((organisation, at) => ({
      organisation,
      role: at === 0 ? ('coordinator' as const) : ('partner' as const)
    })),
    ...more
  }
}

const many = (count: number, of: string) =>
  Array.from({ length: count }, (_, at) => together(`x-${10 + at}`, `${String.fromCharCode(200 + at)}${of}`))

suite('limits across applications', () => {
  test('the programme says ten of one organisation for cooperation partnerships, without higher education', () => {
    const limits = limitsOf('cooperation-partnerships')
    assert.deepEqual(
      limits.map(({ of, applications }) => [of, applications]),
      [
        ['organisation', 10],
        ['consortium', 1]
      ]
    )
    assert.deepEqual(limits[0]!.fields, ['vet', 'school', 'adult', 'youth'])
    assert.deepEqual(
      limitsOf('cooperation-partnerships', 'higher-education').map(({ of }) => of),
      ['consortium']
    )
  })

  test('in small-scale partnerships it is five, and one as coordinator', () => {
    assert.deepEqual(
      limitsOf('small-scale-partnerships').map(({ of, applications }) => [of, applications]),
      [
        ['organisation', 5],
        ['coordinator', 1],
        ['consortium', 1]
      ]
    )
  })

  test('ten are allowed and said to be the last; the eleventh is beyond, in the order of counting', () => {
    const limits = limitsOf('cooperation-partnerships').slice(0, 1)
    const own = together('own-99', 'mj')
    assert.deepEqual(limitsTouched(own, many(8, 'j'), limits), [])
    const ten = limitsTouched(own, many(9, 'j'), limits)
    assert.deepEqual(
      ten.map(({ organisation, level, beyond }) => [organisation, level, beyond]),
      [['j', 'reached', false]]
    )
    const eleven = limitsTouched(own, many(10, 'j'), limits)
    assert.deepEqual(
      eleven.map(({ organisation, level, beyond, counted }) => [organisation, level, beyond, counted.length]),
      [['j', 'over', true, 11]]
    )
    const submitted = { ...own, state: 'submitted' as const, submittedAt: '2026-02-01T00:00:00Z' }
    assert.equal(limitsTouched(submitted, many(10, 'j'), limits)[0]!.beyond, false)
  })

  test('fields are summed, except the one that does not count; withdrawn and associated do not count', () => {
    const limits = limitsOf('small-scale-partnerships').slice(0, 1)
    const own = together('own-99', 'mj')
    const others = many(5, 'j')
    assert.equal(
      limitsTouched(own, [...others.slice(1), { ...others[0]!, field: 'youth' }], limits).length,
      1
    )
    const sport = others.map((one) => ({ ...one, field: 'sport' }))
    assert.deepEqual(limitsTouched(own, sport, limits), [])
    const gone = others.map((one) => ({ ...one, state: 'withdrawn' as const }))
    assert.deepEqual(limitsTouched(own, gone, limits), [])
    const beside = others.map((one) => ({
      ...one,
      members: one.members.map((member) => ({ ...member, role: 'associated' as const }))
    }))
    assert.deepEqual(limitsTouched(own, beside, limits), [])
  })

  test('the same consortium is the same whoever coordinates; one organisation alone is none', () => {
    const limits = limitsOf('cooperation-partnerships', 'higher-education')
    const own = together('own-99', 'abc', { field: 'higher-education' })
    const twin = together('x-01', 'cab', { field: 'higher-education' })
    assert.deepEqual(
      limitsTouched(own, [twin], limits).map(({ counted, beyond }) => [counted, beyond]),
      [[['x-01', 'own-99'], true]]
    )
    const alone = together('own-98', 'a', { field: 'higher-education' })
    assert.deepEqual(limitsTouched(alone, [together('x-02', 'a', { field: 'higher-education' })], limits), [])
  })

  test('what was handed in counts before drafts, then by the moment, then by the code', () => {
    const order = inOrderOfCounting([
      together('c-03', 'a'),
      together('b-02', 'a', { state: 'submitted', submittedAt: '2026-02-02T00:00:00Z' }),
      together('d-02', 'a', { state: 'submitted', submittedAt: '2026-02-02T00:00:00Z' }),
      together('a-01', 'a', { state: 'submitted', submittedAt: '2026-02-03T00:00:00Z' }),
      together('e-01', 'a')
    ])
    assert.deepEqual(
      order.map(({ code }) => code),
      ['b-02', 'd-02', 'a-01', 'e-01', 'c-03']
    )
  })
})
