import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { bodyKinds } from './body.ts'
import { type Mandate, mandateFor, purposes } from './mandate.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const manages = (body: string, more: Partial<Mandate> = {}): Mandate => ({
  id: `${body}-manages`,
  body,
  bodyKinds: ['national-agency'],
  unit: null,
  purpose: 'manages-actions',
  countries: ['LV'],
  fields: null,
  actions: null,
  from: null,
  until: null,
  ...more
})
const viaa = manages('lv-viaa', { fields: ['school', 'vet', 'higher-education', 'adult'] })
const jspa = manages('lv-jspa', { fields: ['youth'] })
const asked = { purpose: 'manages-actions', country: 'LV', on: day('2026-11-25') } as const

test('A Latvian school asks, and VIAA answers; a youth organisation is sent to JSPA', () => {
  const both = [viaa, jspa]
  assert.deepEqual(mandateFor({ ...asked, field: 'school' }, both), {
    answer: 'body',
    body: 'lv-viaa',
    unit: null,
    mandate: viaa
  })
  assert.equal(bodyOf(mandateFor({ ...asked, field: 'youth' }, both)), 'lv-jspa')
})

test('Who does not say the field is told both, and that the field would tell them apart', () => {
  const answer = mandateFor(asked, [viaa, jspa])
  assert.equal(answer.answer, 'several')
  assert.ok(answer.answer === 'several')
  assert.deepEqual(
    answer.bodies.map(({ body }) => body),
    ['lv-viaa', 'lv-jspa']
  )
  assert.deepEqual(answer.ask, ['field'])
})

test('A mandate holds on its first and on its last day, and on no day beside them', () => {
  const dated = manages('a', { from: day('2021-01-01'), until: day('2026-12-31') })
  const on = (text: string) => mandateFor({ ...asked, on: day(text) }, [dated]).answer
  assert.deepEqual(['2020-12-31', '2021-01-01', '2026-12-31', '2027-01-01'].map(on), [
    'none',
    'body',
    'body',
    'none'
  ])
  assert.deepEqual(mandateFor({ ...asked, on: day('2027-01-01') }, [dated]), {
    answer: 'none',
    because: 'not-that-day',
    nearest: dated
  })
})

test('Who was entrusted with one action goes before who was entrusted with the field', () => {
  const one = manages('pilot', { actions: ['small-scale-partnerships'] })
  const ask = (action: string) => mandateFor({ ...asked, field: 'school', action }, [viaa, one])
  assert.equal(bodyOf(ask('small-scale-partnerships')), 'pilot')
  assert.equal(bodyOf(ask('cooperation-partnerships')), 'lv-viaa')
})

test('As long as the action is open, the body entrusted with one of them does not push the other aside', () => {
  const one = manages('pilot', { actions: ['small-scale-partnerships'] })
  const answer = mandateFor({ ...asked, field: 'school' }, [viaa, one])
  assert.ok(answer.answer === 'several')
  assert.deepEqual(answer.bodies.map(({ body }) => body).sort(), ['lv-viaa', 'pilot'])
  assert.ok(answer.ask.includes('action'))
})

test('The school sector of an agency answers for schools, the agency for what no unit has', () => {
  const school = manages('lv-viaa', { unit: 'school-sector', fields: ['school'] })
  const ask = (field: 'school' | 'adult') => mandateFor({ ...asked, field }, [viaa, school])
  assert.deepEqual(ask('school'), { answer: 'body', body: 'lv-viaa', unit: 'school-sector', mandate: school })
  assert.deepEqual(ask('adult'), { answer: 'body', body: 'lv-viaa', unit: null, mandate: viaa })
})

test('Nobody is invented: another field, another country and an empty list are told apart', () => {
  assert.deepEqual(mandateFor({ ...asked, field: 'sport' }, [viaa]), {
    answer: 'none',
    because: 'other-field',
    nearest: viaa
  })
  assert.deepEqual(mandateFor({ ...asked, country: 'FI', field: 'school' }, [viaa]), {
    answer: 'none',
    because: 'other-country',
    nearest: viaa
  })
  assert.deepEqual(mandateFor(asked, []), { answer: 'none', because: 'nobody' })
})

test('Kinds of body and purposes are those that the shipped file may name', () => {
  const path = join(import.meta.dirname, '../../../programmes/schema/bodies.json')
  const schema = JSON.parse(readFileSync(path, 'utf8')) as {
    definitions: Record<'kind' | 'purpose', { enum: string[] }>
  }
  assert.deepEqual(schema.definitions.kind.enum, [...bodyKinds])
  assert.deepEqual(schema.definitions.purpose.enum, [...purposes])
})

function bodyOf(answer: ReturnType<typeof mandateFor>): string | undefined {
  return answer.answer === 'body' ? answer.body : undefined
}
