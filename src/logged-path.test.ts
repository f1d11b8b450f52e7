import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedPath } from './logged-path.ts'

test('the secret of a mailed link is not in the log, however its address is written', () => {
  const secret = 'p7Yk2vXn1u0eQm4c'
  for (const place of [
    '/lv/applications/mandates/',
    '/en/organisations/domain-proofs/',
    '/lv/organisations/invitations/',
    '/en/calls/watches/',
    '/api/v1/calls/watches/',
    '/applications/mandates/'
  ]) {
    for (const after of ['', '/', '/__data.json', '/stop', '?/accept'])
      assert.equal(loggedPath(`${place}${secret}${after}`), `${place}…`)
  }
  assert.equal(loggedPath(`/lv/applications/%6Dandates/${secret}`), '/lv/applications/mandates/…')
  assert.equal(loggedPath(`/lv/applications%2Fmandates/${secret}`), '/lv/applications/mandates/…')
})

test('other addresses are logged as they are, without what follows “?”', () => {
  for (const path of [
    '/',
    '/lv',
    '/lv/applications/mandates',
    '/lv/applications/desk/2027/mandates/7',
    '/%zz'
  ])
    assert.equal(loggedPath(path), path)
  assert.equal(loggedPath('/lv/eligibility-checks?c=draft'), '/lv/eligibility-checks')
  assert.equal(loggedPath(`/${'a'.repeat(500)}`).length, 200)
})
