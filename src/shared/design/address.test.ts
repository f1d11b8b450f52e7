import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inLanguage } from './address.ts'

const at = (address: string) => new URL(address, 'http://kopa.example')

test('the switch leads to the same page with the same query in the other language', () => {
  assert.equal(
    inLanguage(at('/lv/actions/sport-events?edition=2026&x=a%26b'), 'en'),
    '/en/actions/sport-events?edition=2026&x=a%26b'
  )
  assert.equal(inLanguage(at('/en'), 'lv'), '/lv')
})

test('after a form was sent the switch leads to the page, not to the sending', () => {
  assert.equal(
    inLanguage(at('/lv/eligibility-checks?/save&edition=2026'), 'en'),
    '/en/eligibility-checks?edition=2026'
  )
})

test('from an address without a language it leads home, never to another site', () => {
  assert.equal(inLanguage(at('/xx/actions'), 'en'), '/en')
  assert.equal(inLanguage({ pathname: '//evil.example/', search: '' }, 'en'), '/en')
})
