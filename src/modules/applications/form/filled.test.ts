import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldAt } from './filled.ts'
import { form, maria } from './form.fixture.ts'

test('a path leads to a question only where the form has such a field', () => {
  const kinds: [string, string | undefined][] = [
    ['project.summary', 'text'],
    ['project.nothing', undefined],
    ['nothing.summary', undefined],
    ['project', undefined],
    [`project@${maria}.summary`, undefined],
    ['profile.background', undefined],
    [`profile@${maria}.background`, 'text'],
    [`profile@${maria}.aaaaaaa1.background`, undefined],
    ['work-packages', 'rows'],
    ['work-packages.title', undefined],
    ['work-packages.aaaaaaa1.title', 'line'],
    ['../etc', undefined]
  ]
  for (const [path, kind] of kinds) {
    const found = fieldAt(form, path)
    assert.equal(typeof found === 'object' ? found.kind : found, kind, path)
  }
})
