import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetLeftBehind, leftBehind, portsFor, stillLeft, takeUpOnce } from './field-ports.ts'

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

test('what Maria did not get saved is offered to her, and not to Jonas at the same browser', async () => {
  aBrowser()
  const application = 'abc'
  portsFor({ person: 'maria', application, path: 'project.summary' }, 'one').keep(unsaved)
  assert.deepEqual(await leftBehind({ person: 'jonas', application }), [])
  const [hers] = await leftBehind({ person: 'maria', application })
  assert.deepEqual(hers, { path: 'project.summary', view: 'one', kind: 'text', unsaved })
  forgetLeftBehind({ person: 'maria', application }, hers)
  assert.deepEqual(await leftBehind({ person: 'maria', application }), [])
})

test('what a window that is still open has not saved is not offered in another; once it is gone, at once', async () => {
  aBrowser()
  const place = { person: 'maria', application: 'abc', path: 'project.summary' }
  portsFor(place, 'two').keep({ ...unsaved, at: Number.MAX_SAFE_INTEGER })
  const [begun, died] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const lives = navigator.locks.request('kopa-window:two', () => {
    begun.resolve()
    return died.promise
  })
  await begun.promise
  assert.deepEqual(await leftBehind(place), [])
  died.resolve()
  await lives
  assert.equal((await leftBehind(place)).length, 1)
})

test('two windows that offer the same take it up once; what did not arrive lies there, as far as it came', async () => {
  aBrowser()
  const place = { person: 'maria', application: 'abc', path: 'project.summary' }
  portsFor(place, 'one').keep(unsaved)
  const [left] = await leftBehind(place)
  const further = { ...unsaved, sent: { save: 'a number', delta: unsaved.delta }, delta: [] }
  const failing = await takeUpOnce(place, left!, async (_, keep) => {
    keep(further)
    return Promise.resolve(false)
  })
  assert.equal(failing, false)
  const taken: unknown[] = []
  const press = () =>
    takeUpOnce(place, left!, async (standing) => {
      taken.push(standing.unsaved)
      return new Promise((resolve) => setTimeout(() => resolve(true), 10))
    })
  assert.deepEqual(await Promise.all([press(), press()]), [true, true])
  assert.deepEqual(taken, [further])
  assert.equal(stillLeft(place, left!), undefined)
})
