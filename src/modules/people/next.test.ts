import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { safeNext } from './next.ts'

test('one comes back to the page one came from', () => {
  for (const here of ['/lv', '/lv/calls/7?tab=2#budget', '/en/eligibility-checks?c=abc%2F%2F'])
    assert.equal(safeNext(here, '/lv'), here)
})

test('nobody is led to another site', () => {
  for (const away of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    'javascript:alert(1)',
    ' /lv',
    '',
    undefined,
    ['/lv']
  ])
    assert.equal(safeNext(away, '/lv'), '/lv', String(away))
})

test('whatever is asked for, what comes out stays on this site', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '\t',
    '\r',
    '@',
    ':',
    'evil.example',
    'lv',
    '?',
    '#'
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const next = safeNext(`/${pieces.join('')}`, '/lv')
      const followed = new URL(next, 'https://kopa.example')
      assert.equal(followed.origin, 'https://kopa.example')
      assert.ok(next.startsWith('/') && !/^[/\\]{2}/.test(next))
    }),
    { numRuns: 2000 }
  )
})
