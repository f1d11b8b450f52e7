import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetLeftBehind, leftBehind, portsFor } from './field-ports.ts'

/** As much of localStorage as is used: its keys are its own. */
function aBrowser() {
  const kept: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key]
  }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value })
  Object.defineProperty(globalThis, 'localStorage', { value: kept, configurable: true })
}

const unsaved = { base: 1, sent: null, delta: [[0, 0, 'Slepeni.']] as const, text: 'Slepeni.', at: 0 }

test('what Maria did not get saved is offered to her, and not to Jonas at the same browser', () => {
  aBrowser()
  const application = 'abc'
  portsFor({ person: 'maria', application, path: 'project.summary' }, 'one').keep(unsaved)
  assert.deepEqual(leftBehind({ person: 'jonas', application }), [])
  const [hers] = leftBehind({ person: 'maria', application })
  assert.deepEqual(hers, { path: 'project.summary', view: 'one', kind: 'text', unsaved })
  forgetLeftBehind({ person: 'maria', application }, hers)
  assert.deepEqual(leftBehind({ person: 'maria', application }), [])
})
