import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Path, newRow, readPath, writePath } from './path.ts'

const participant = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'

test('a path is read as it is written', () => {
  const paths: Path[] = [
    { section: 'project', question: 'summary' },
    { section: 'work-packages' },
    { section: 'work-packages', row: 'k3j9x2ab', question: 'title' },
    { section: 'profile', participant, question: 'background' },
    { section: 'staff', participant },
    { section: 'staff', participant, row: '12345678', question: 'name' }
  ]
  for (const path of paths) assert.deepEqual(readPath(writePath(path)), path)
})

test('a question of eight letters is no row', () => {
  assert.deepEqual(readPath('project.abstract'), { section: 'project', question: 'abstract' })
})

test('what is no path is not read', () => {
  for (const text of [
    '',
    '.',
    'A.b',
    'a..b',
    'a.b.c',
    'a@b.c',
    'a.12345678',
    `a@${participant}.12345678`,
    'a.b\n'
  ])
    assert.equal(readPath(text), undefined, text)
})

test('rows are named apart', () => {
  const rows = Array.from({ length: 500 }, newRow)
  assert.equal(new Set(rows).size, rows.length)
  assert.ok(rows.every((row) => /^[a-z0-9]{8}$/.test(row)))
})
