import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personalData } from '../../src/personal-data.ts'
import { projectFiles, withoutComments } from './project-files.ts'

test('whatever a module keeps about people is shown to them, exported and erased with the rest', () => {
  const folders = projectFiles(/^src\/(modules|shared)\/[^/]+\/personal-data\.ts$/)
    .map(({ path }) => path.split('/').at(-2)!)
    .filter((folder) => folder !== 'identity')
  assert.deepEqual(personalData.map(({ module }) => module).sort(), folders.sort())
})

test('a table that names a person belongs to something that says what it keeps', () => {
  const known = new Set(personalData.map(({ module }) => module))
  const silent = projectFiles(/^migrations\/\d{4}-.*\.ts$/).flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(/create (?:unlogged )?table (\w+)\.(\w+) \(([\s\S]*?)\n {4}\)/g)]
      .filter(([, schema, , columns]) => !known.has(schema!) && /^\s*(person|by_person) uuid/m.test(columns!))
      .map(([, schema, table]) => `${path}: ${schema}.${table}`)
  )
  assert.deepEqual(silent, [])
})
