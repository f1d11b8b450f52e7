import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { productSchemas } from '#shared/database/tables.ts'
import { variables } from '../../src/configuration.ts'
import { projectFiles, root } from './project-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The names in the first column of a page's tables: | `NAME` | … | */
const firstColumn = (page: string) => [...page.matchAll(/^\| `([^`]+)`/gm)].map((found) => found[1]!)

test('the operating manual explains every variable, and none that is gone', () => {
  const explained = firstColumn(read('docs/operating.md')).filter((name) => /^[A-Z_]+$/.test(name))
  assert.deepEqual(explained.toSorted(), Object.keys(variables).toSorted())
})

test('every dependency is explained, and none that is gone', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >
  const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  assert.deepEqual(firstColumn(read('docs/dependencies.md')).toSorted(), all.toSorted())
})

test('versions of dependencies are exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)
  )
  assert.deepEqual(loose, [])
})

test('a backup holds every schema that a migration makes', () => {
  const made = projectFiles(/^migrations\/.*\.ts$/).flatMap(({ text }) =>
    [...text.matchAll(/create schema (?:if not exists )?"?([a-z_]+)/gi)].map((found) => found[1]!)
  )
  assert.deepEqual([...new Set(made)].toSorted(), productSchemas.toSorted())
})

test('migrations are numbered without a gap', () => {
  const numbers = projectFiles(/^migrations\/.*\.ts$/).map(({ path }) =>
    Number(path.slice('migrations/'.length, 15))
  )
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => at + 1)
  )
})
