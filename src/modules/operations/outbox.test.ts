import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deliveryOf } from './delivery.server.ts'
import { type Delivery, canBeSent, showsWords } from './outbox.ts'

const sent: Delivery = { way: 'sent', host: 'mail.example.eu' }

test('Līga reads mails that stay here, and none that went to somebody’s mailbox', () => {
  assert.equal(showsWords({ way: 'no-server', alone: false }, { opens: null }), true)
  assert.equal(showsWords({ way: 'demonstration' }, { opens: 'account' }), true)
  assert.equal(showsWords(sent, { opens: null }), false)
})

test('Līga reads no link that opens somebody’s account, unless nobody but her machine reaches the site', () => {
  assert.equal(showsWords({ way: 'no-server', alone: false }, { opens: 'account' }), false)
  assert.equal(showsWords({ way: 'no-server', alone: true }, { opens: 'account' }), true)
  const configuration = { smtpUrl: undefined, host: '127.0.0.1', origin: 'https://kopa.example.eu' }
  assert.deepEqual(deliveryOf({ configuration, demonstration: undefined }), {
    way: 'no-server',
    alone: false
  })
})

test('Līga can have sent what was kept or failed, while its words are there and its link is good', () => {
  const kept = { state: 'kept', failure: null, erased: false } as const
  assert.equal(canBeSent(kept, sent), true)
  assert.equal(canBeSent({ ...kept, state: 'failed', failure: 'refused' }, sent), true)
  assert.equal(canBeSent({ ...kept, state: 'failed', failure: 'too-late' }, sent), false)
  assert.equal(canBeSent({ ...kept, erased: true }, sent), false)
  assert.equal(canBeSent({ ...kept, state: 'sent' }, sent), false)
  assert.equal(canBeSent(kept, { way: 'no-server', alone: true }), false)
})
