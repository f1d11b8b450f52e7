import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { projectFiles, root } from './project-files.ts'

const sources = /\.(ts|js|svelte|css|md|json|yaml|html)$|^kopa$|^\.ci\/run$/

test('no source file is longer than 400 lines, and no test than 600', () => {
  const long = projectFiles(/^(src|tools|tests|migrations|bench)\/.*\.(ts|js|svelte|css)$/)
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    // A test may be a long table of cases.
    .filter(({ path, lines }) => lines > (path.endsWith('.test.ts') ? 600 : 400))
  assert.deepEqual(long, [])
})

test('files and folders of the sources are named in kebab-case', () => {
  const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
  const odd = projectFiles(/^(src|tools|tests|migrations|texts|programmes)\//, /^src\/routes\/|\/README\.md$/)
    .map(({ path }) => path)
    .filter((path) => path.split('/').some((part) => !named.test(part)))
  assert.deepEqual(odd, [])
})

test('nothing refers to the machine it was written on', () => {
  // Broken up, so that this file does not hold them itself.
  const workplace = [
    '/wo#rk/',
    '/tmp/br#ief',
    'shared/fa#cts',
    'shared/se#eds',
    'design/st#ack.md',
    'design/pro#duct.md'
  ].map((name) => name.replace('#', ''))
  const found = projectFiles(sources, /^package-lock\.json$/).flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => {
      const named = workplace.find((name) => line.includes(name) && !/https?:\/\/\S*\/wo[r]k\//.test(line))
      return named ? [`${path}:${at + 1}: ${named}`] : []
    })
  )
  assert.deepEqual(found, [])
})

test('every link in the documentation leads to a file that is there', () => {
  const broken = projectFiles(/\.md$/).flatMap(({ path, text }) =>
    [...text.replace(/```[\s\S]*?```/g, '').matchAll(/!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
      .map((found) => found[1]!)
      .filter((target) => !/^(https?:|mailto:|#)/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), decodeURI(target.split('#')[0]!))))
      .map((target) => `${path}: ${target}`)
  )
  assert.deepEqual(broken, [])
})

test('what is run directly may be run', () => {
  for (const path of ['kopa', '.ci/run']) {
    assert.ok(statSync(join(root, path)).mode & 0o100, `${path} is executable`)
  }
})
