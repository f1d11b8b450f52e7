import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { decideDemonstration, isOfThisMachine } from './demonstration.ts'

const here = { demo: false, host: '127.0.0.1', origin: undefined, trustProxy: false }
const demonstration = { since: Temporal.Instant.from('2026-11-25T10:00:00Z'), version: '0.1.0' }
const empty = { begun: false, demonstration: undefined }
const begun = { begun: true, demonstration: undefined }
const begunAsDemonstration = { begun: true, demonstration }

test('an empty installation becomes a demonstration when the operator asks for one, and only then', () => {
  assert.deepEqual(decideDemonstration(empty, { ...here, demo: true }), { start: 'begin-demonstration' })
  assert.deepEqual(decideDemonstration(empty, here), { start: 'as-it-is' })
})

test('an installation that was begun without the demonstration never becomes one', () => {
  assert.deepEqual(decideDemonstration(begun, { ...here, demo: true }), { refuse: 'begun-without' })
})

test('a demonstration stays one, asked for or not', () => {
  for (const demo of [true, false])
    assert.deepEqual(decideDemonstration(begunAsDemonstration, { ...here, demo }), { start: 'as-it-is' })
})

test('a demonstration that others could reach does not start, an old one neither', () => {
  for (const [opening, because, value] of [
    [{ host: '0.0.0.0', origin: 'http://localhost:3000' }, 'HOST', '0.0.0.0'],
    [{ origin: 'https://kopa.example.eu' }, 'KOPA_ORIGIN', 'https://kopa.example.eu'],
    [{ trustProxy: true }, 'KOPA_TRUST_PROXY', 'yes']
  ] as const) {
    const open = { ...here, ...opening }
    const refusal = { refuse: 'open-to-others', because, value }
    assert.deepEqual(decideDemonstration(empty, { ...open, demo: true }), refusal)
    assert.deepEqual(decideDemonstration(begunAsDemonstration, open), refusal)
    assert.deepEqual(decideDemonstration(begun, open), { start: 'as-it-is' })
  }
  for (const origin of ['http://localhost:8080', 'https://127.0.0.1', 'http://[::1]:3000'])
    assert.deepEqual(decideDemonstration(empty, { ...here, origin, demo: true }), {
      start: 'begin-demonstration'
    })
})

test('a browser on this machine is answered; another machine, another name and a tunnel are not', () => {
  const asked = (headers: Record<string, string>, remoteAddress = '127.0.0.1', httpVersion = '1.1') =>
    isOfThisMachine({ headers, socket: { remoteAddress }, httpVersion })
  for (const host of ['localhost:3000', 'LOCALHOST', '127.0.0.1:41234', '[::1]:3000', '[::1]'])
    assert.ok(asked({ host }), host)
  assert.ok(asked({ host: 'localhost' }, '::1'))
  assert.ok(asked({ host: 'localhost' }, '::ffff:127.0.0.1'))
  assert.ok(!asked({ host: 'localhost' }, '192.0.2.7'))
  for (const host of ['kopa.example.eu', 'localhost.example.eu', '127.0.0.1.example.eu', '192.0.2.1', ''])
    assert.ok(!asked({ host }), host)
  assert.ok(!asked({}))
  for (const header of [
    'x-forwarded-for',
    'x-forwarded-proto',
    'forwarded',
    'via',
    'x-real-ip',
    'cf-connecting-ip'
  ])
    assert.ok(!asked({ host: 'localhost:3000', [header]: '192.0.2.7' }), header)
  assert.ok(!asked({ host: 'localhost:3000' }, '127.0.0.1', '1.0'), 'nginx as it comes')
})
