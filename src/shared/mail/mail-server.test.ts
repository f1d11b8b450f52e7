import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMailServer, readSender } from './index.ts'

test('an operator’s address of a mail server is read, with its password', () => {
  assert.deepEqual(readMailServer('smtps://kopa%40example.eu:p%3Aw@mail.example.eu'), {
    host: 'mail.example.eu',
    port: 465,
    encryption: 'from-the-start',
    login: { user: 'kopa@example.eu', password: 'p:w' }
  })
  const { port, encryption, login } = readMailServer('smtp://mail.example.eu/')!
  assert.deepEqual([port, encryption, login], [587, 'required', undefined])
})

test('in the clear mail goes to this machine, or where the operator says so', () => {
  assert.equal(readMailServer('smtp://localhost:25')!.encryption, 'if-offered')
  assert.equal(readMailServer('smtp://[::1]:25')!.host, '::1')
  assert.equal(readMailServer('smtp://relay.lan:25')!.encryption, 'required')
  assert.equal(readMailServer('smtp://relay.lan:25?tls=optional')!.encryption, 'if-offered')
})

for (const address of [
  '',
  'mail.example.eu',
  'https://mail.example.eu',
  'smtp://',
  'smtp://mail.example.eu/path',
  'smtp://mail.example.eu?tls=never',
  'smtp://mail.example.eu?requireTLS=false',
  'smtp://mail.example.eu#x'
]) {
  test(`“${address}” is no address of a mail server`, () => assert.equal(readMailServer(address), undefined))
}

test('the sender is an address, or a name with one', () => {
  assert.deepEqual(readSender('kopa@example.eu'), { name: '', address: 'kopa@example.eu' })
  assert.deepEqual(readSender(' Kopā, VIAA <kopa@example.eu> '), {
    name: 'Kopā, VIAA',
    address: 'kopa@example.eu'
  })
  for (const wrong of ['', 'Kopā', '<>', 'a@b, c@d', 'K <a@b> x', 'K\r\nBcc: x@y <a@b>', 'Kopā <a b@c>']) {
    assert.equal(readSender(wrong), undefined, wrong)
  }
})
