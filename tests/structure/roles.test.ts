import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rolesPage, rolesText } from '../../tools/roles.js'

test('docs/roles.md says what the permissions of the code say (node tools/roles.js writes it)', async () => {
  assert.equal(readFileSync(rolesPage, 'utf8'), await rolesText())
})
