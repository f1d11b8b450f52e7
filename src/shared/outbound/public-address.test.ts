import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { isPublicAddress } from './public-address.ts'

const hostile = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255'],
  ...['127.0.0.1', '127.1.2.3', '169.254.0.1', '169.254.169.254', '169.254.170.2', '172.16.0.1'],
  ...['172.31.255.255', '192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.0.1', '198.18.0.1'],
  ...['198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
  ...['255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1'],
  ...['::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1', '100::1', 'fc00::1'],
  ...['fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:2::1', '2001:10::1'],
  ...['2001:db8::1', '2002:7f00:1::', '2002:c0a8:1::1', '3fff::1', '5f00::1', '4000::1'],
  ...['', 'localhost', '1.2.3', '256.1.1.1', '2606:4700::1%eth0', '01.2.3.4']
]
const open = [
  ...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.255.255.255'],
  ...[
    '128.0.0.1',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '198.17.1.1',
    '223.255.255.1'
  ],
  ...['2606:4700::1111', '2001:4860:4860::8888', '2a00:1450::1', '2003::1']
]

test('no address that leads inside is public, however it is written', () => {
  for (const address of hostile) assert.equal(isPublicAddress(address), false, address)
  for (const address of open) assert.equal(isPublicAddress(address), true, address)
})

test('an IPv4 address within an IPv6 one never becomes public', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'), (address, prefix) => {
      assert.equal(isPublicAddress(prefix + address), false)
    })
  )
})

test('an address that leads inside is refused before anything is sent, in every spelling a browser takes', async () => {
  const addresses = [
    ...[
      'http://127.0.0.1/',
      'http://127.1/',
      'http://2130706433/',
      'http://0x7f000001/',
      'http://0177.0.0.1/'
    ],
    ...[
      'http://①②⑦.⓪.⓪.①/',
      'http://0/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/'
    ],
    ...[
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/',
      'http://[64:ff9b::a9fe:a9fe]/'
    ],
    ...[
      'http://localhost/',
      'http://localhost./',
      'https://10.0.0.1/',
      'http://1.1.1.1:22/',
      'http://1.1.1.1:8080/'
    ]
  ]
  for (const url of addresses) {
    const answer = await guardedFetch(url, { purpose: 'test' })
    assert.ok('refused' in answer)
    assert.ok(['not-public', 'unknown-host'].includes(answer.refused), `${url}: ${answer.refused}`)
  }
  const others: Record<string, string> = {
    'ftp://example.org/': 'not-an-address',
    'file:///etc/passwd': 'not-an-address',
    'javascript:alert(1)': 'not-an-address',
    'data:text/plain,x': 'not-an-address',
    'http://user:secret@example.org/': 'with-password',
    'no address': 'not-an-address',
    '': 'not-an-address',
    [`http://example.org/${'a'.repeat(5000)}`]: 'not-an-address'
  }
  for (const [url, refused] of Object.entries(others)) {
    const answer = await guardedFetch(url, { purpose: 'test' })
    assert.ok('refused' in answer && answer.refused === refused, url)
    assert.ok(!answer.url.includes('secret'))
  }
})
