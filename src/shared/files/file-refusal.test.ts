import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindsText } from './file-refusal.ts'

test('a kind of file is called as people know it', () =>
  assert.equal(kindsText(['pdf', 'jpeg', 'asice']), 'PDF, JPG, ASiC-E, EDOC'))
