import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Delivery, canBeSent, showsWords } from './outbox.ts'

const sent: Delivery = { way: 'sent', host: 'mail.example.eu' }

test('Līga reads mails that stay here, and none that went to somebody’s mailbox', () => {
  assert.equal(showsWords({ way: 'no-server' }), true)
  assert.equal(showsWords({ way: 'demonstration' }), true)
  assert.equal(showsWords(sent), false)
})

test('Līga can have sent what was kept or failed, while its words are there and its link is good', () => {
  const kept = { state: 'kept', failure: null, erased: false } as const
  assert.equal(canBeSent(kept, sent), true)
  assert.equal(canBeSent({ ...kept, state: 'failed', failure: 'refused' }, sent), true)
  assert.equal(canBeSent({ ...kept, state: 'failed', failure: 'too-late' }, sent), false)
  assert.equal(canBeSent({ ...kept, erased: true }, sent), false)
  assert.equal(canBeSent({ ...kept, state: 'sent' }, sent), false)
  assert.equal(canBeSent(kept, { way: 'no-server' }), false)
})
