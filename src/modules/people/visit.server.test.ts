import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visitFrom } from './visit.server.ts'

test('all addresses that one household is given count as one source', () => {
  const source = (address: string) => visitFrom(address, null, undefined).source
  assert.equal(source('192.0.2.7'), '192.0.2.7')
  assert.equal(source('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(source('2001:db8:1:2:3:4:5:6'), source('2001:0DB8:0001:2::9'))
  assert.notEqual(source('2001:db8:1:2::1'), source('2001:db8:1:3::1'))
  assert.equal(source('::1'), '0:0:0:0')
  assert.equal(visitFrom('2001:db8:1:2::9', null, undefined).network, '2001:db8:1')
  assert.equal(visitFrom('192.0.2.7', null, undefined).network, undefined)
  assert.equal(source(''), '')
})
