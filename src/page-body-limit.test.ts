import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHttpError } from '@sveltejs/kit'
import { isTooLongOfStranger, unread } from './page-body-limit.ts'

const posted = (headers: Record<string, string>) =>
  new Request('http://localhost/lv/applications/verify', { method: 'POST', body: 'receipt', headers })

test('a stranger gives small files; what is longer, or does not say how long it is, is not read', async () => {
  assert.equal(isTooLongOfStranger(posted({ 'content-length': '6000000' })), false)
  assert.equal(isTooLongOfStranger(new Request('http://localhost/lv')), false)
  const long = posted({ 'content-length': '20000000', 'content-type': 'multipart/form-data; boundary=x' })
  assert.equal(isTooLongOfStranger(long), true)
  assert.equal(isTooLongOfStranger(posted({})), true)
  await assert.rejects(unread(long).formData(), (refusal) => isHttpError(refusal, 413))
})
