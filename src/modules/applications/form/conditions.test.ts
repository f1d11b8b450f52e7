import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holds } from './conditions.ts'
import { filledWith } from './form.fixture.ts'

const filled = filledWith({})
const place = { section: filled.form.sections[0]! }

test('a summary in English is asked of who writes in another language', () => {
  const asked = { not: { language: 'en' } } as const
  assert.equal(holds(asked, { ...filled, language: 'lv' }, place), true)
  assert.equal(holds(asked, { ...filled, language: 'en' }, place), false)
})

test('how people decide together is asked once two organisations take part', () => {
  const asked = { organisations: 2 }
  assert.equal(holds(asked, { ...filled, participants: filled.participants.slice(0, 1) }, place), false)
  assert.equal(holds(asked, { ...filled, participants: filled.participants.slice(0, 2) }, place), true)
})
