import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { attachment, fileName } from './file-name.ts'
import { readClamdAddress, readS3Place } from './file-settings.ts'

test('a name is shown as it was meant, and ends as its content asks', () => {
  const names: [string, string][] = [
    ['Statūti 2026.pdf', 'Statūti 2026.pdf'],
    ['C:\\Users\\Maria\\Statuti.PDF', 'Statuti.pdf'],
    ['/etc/passwd', 'passwd.pdf'],
    ['..', 'file.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['', 'file.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe.pdf'],
    ['a\r\nset-cookie: b.pdf', 'a set-cookie_ b.pdf'],
    ['<script>.pdf', '_script_.pdf'],
    ['\ud800.pdf', '\ufffd.pdf'],
    ['ž'.repeat(300), `${'ž'.repeat(116)}.pdf`]
  ]
  for (const [written, shown] of names) assert.equal(fileName(written, 'pdf'), shown)
  assert.equal(fileName('photo.jpeg', 'jpeg'), 'photo.jpg')
})

test('whatever a file is called, its name is one line, ends well, and makes a good header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (written) => {
      const name = fileName(written, 'pdf')
      assert.match(name, /^[^\p{Cc}\p{Cf}/\\]+\.pdf$/u)
      assert.equal(fileName(name, 'pdf'), name)
      assert.match(
        new Headers({ 'content-disposition': attachment(name) }).get('content-disposition')!,
        /^attachment; /
      )
    })
  )
})

test('where files lie and where the scanner listens are read as operators write them', () => {
  assert.deepEqual(
    readS3Place('s3://kopa/files/?region=eu-north-1&endpoint=https://s3.example.eu&path-style=yes'),
    {
      ...{
        bucket: 'kopa',
        prefix: 'files',
        region: 'eu-north-1',
        endpoint: 'https://s3.example.eu',
        pathStyle: true
      }
    }
  )
  assert.equal(readS3Place('s3://kopa')?.prefix, '')
  for (const wrong of ['local', 's3://', 's3://key:secret@kopa', 's3://kopa?key=x', 's3://kopa?endpoint=x']) {
    assert.equal(readS3Place(wrong), undefined, wrong)
  }
  assert.deepEqual(readClamdAddress('/run/clamav/clamd.ctl'), { path: '/run/clamav/clamd.ctl' })
  assert.deepEqual(readClamdAddress('clamav:3310'), { host: 'clamav', port: 3310 })
  assert.deepEqual(readClamdAddress('[::1]:3310'), { host: '::1', port: 3310 })
  for (const wrong of ['clamav', 'clamav:0', 'clamav:70000', 'a b:1'])
    assert.equal(readClamdAddress(wrong), undefined)
})
