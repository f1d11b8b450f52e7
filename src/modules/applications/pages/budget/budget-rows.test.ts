import assert from 'node:assert/strict'
import { type TestContext, suite, test } from 'node:test'
import type { Rows as RowsType } from './budget-rows.svelte.ts'

// Nothing is drawn here: what a page would follow is its value.
Object.assign(globalThis, { $state: (value: unknown) => value })
const { Rows } = await import('./budget-rows.svelte.ts')

/** As much of a browser as is used: its timers, a storage whose keys are its own, and the locks of its windows. */
function aBrowser(t: TestContext, { locks = true } = {}): void {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const kept: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key]
  }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value })
  Object.defineProperty(globalThis, 'localStorage', { value: kept, configurable: true })
  const held = new Set<string>()
  const manager = {
    request: async (name: string, stays: () => Promise<void>) => {
      held.add(name)
      await stays()
      held.delete(name)
    },
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) })
  }
  Object.defineProperty(navigator, 'locks', { value: locks ? manager : undefined, configurable: true })
}

const budget = { api: '/api/v1/applications/abc/budget', person: 'maria' }
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Opens the budget in one more window, and lets it look at what others left. */
async function openWindow(person = 'maria', versions: [rent: number, travel: number] = [1, 1]) {
  const rows = new Rows({ ...budget, person }, 'en', [
    { id: 'rent', version: versions[0], typed: { title: 'Rent' } },
    { id: 'travel', version: versions[1], typed: { title: 'Travel' } }
  ])
  const leave = rows.recall()
  await settled()
  return {
    rows,
    close: async () => {
      leave()
      await settled()
    }
  }
}

const lineOf = (rows: RowsType, id: string) => rows.all.find((row) => row.id === id)!
const titlesOf = (rows: RowsType) => rows.all.map(({ typed }) => typed.title)

async function type(rows: RowsType, id: string, title: string): Promise<void> {
  lineOf(rows, id).typed.title = title
  rows.edited(lineOf(rows, id))
  await rows.save(lineOf(rows, id))
}

/** A server that takes every line but those whose title says that they are wrong. @param stands its newer versions */
function aServer(t: TestContext, stands: Record<string, number> = {}): void {
  t.mock.method(globalThis, 'fetch', (address: string, { body }: { body: string }) => {
    const { seen, line } = JSON.parse(body) as { seen: number; line: { title: string } }
    const version = stands[address.slice(address.lastIndexOf('/') + 1)] ?? seen
    const current = { version, line: { title: 'Newer' } }
    if (version !== seen) return Promise.resolve(Response.json({ current }, { status: 409 }))
    const wrong = line.title.startsWith('Wrong')
    return Promise.resolve(
      wrong ? Response.json({ problems: [] }, { status: 422 }) : Response.json({ version: seen + 1 })
    )
  })
}

suite('What is not saved of a budget', () => {
  test('a line that was refused in one window is there again, though another window saved one since', async (t) => {
    aBrowser(t)
    aServer(t)
    const [one, other] = [await openWindow(), await openWindow()]
    await type(one.rows, 'rent', 'Wrong rent')
    assert.equal(lineOf(one.rows, 'rent').at.state, 'failed')
    await type(other.rows, 'travel', 'Trains')
    assert.equal(lineOf(other.rows, 'travel').at.state, 'saved')
    await one.close()
    assert.deepEqual(titlesOf((await openWindow()).rows), ['Wrong rent', 'Travel'])
  })

  test('what an open window has not saved is not taken up by another; once it is gone, at once, and once', async (t) => {
    aBrowser(t)
    aServer(t)
    const one = await openWindow()
    await type(one.rows, 'rent', 'Wrong rent')
    assert.deepEqual(titlesOf((await openWindow()).rows), ['Rent', 'Travel'])
    await one.close()
    assert.deepEqual(titlesOf((await openWindow('jonas')).rows), ['Rent', 'Travel'])
    assert.deepEqual(titlesOf((await openWindow()).rows), ['Wrong rent', 'Travel'])
    assert.deepEqual(titlesOf((await openWindow()).rows), ['Rent', 'Travel'])
  })

  test('of a line that two windows left, the newer goes on; the older is shown beside what stands by then', async (t) => {
    aBrowser(t)
    const stands: Record<string, number> = {}
    aServer(t, stands)
    const [one, other] = [await openWindow(), await openWindow()]
    const now = t.mock.method(performance, 'now', () => 1000)
    await type(one.rows, 'rent', 'Wrong, older')
    now.mock.mockImplementation(() => 2000)
    await type(other.rows, 'rent', 'Wrong, newer')
    await one.close()
    await other.close()
    const third = await openWindow()
    assert.deepEqual(titlesOf(third.rows), ['Wrong, newer', 'Travel'])
    await type(third.rows, 'rent', 'Right')
    stands.rent = 2
    await third.close()
    const fourth = await openWindow('maria', [2, 1])
    assert.deepEqual(titlesOf(fourth.rows), ['Wrong, older', 'Travel'])
    await fourth.rows.save(lineOf(fourth.rows, 'rent'))
    assert.deepEqual(lineOf(fourth.rows, 'rent').at, { state: 'changed', theirs: { title: 'Newer' } })
  })

  test('where a browser has no locks, a window that still writes down what it has is not taken for gone', async (t) => {
    aBrowser(t, { locks: false })
    aServer(t)
    const began = performance.now()
    let passed = 0
    t.mock.method(performance, 'now', () => began + passed)
    const pass = (milliseconds: number) => {
      passed += milliseconds
      t.mock.timers.tick(milliseconds)
    }
    const one = await openWindow()
    await type(one.rows, 'rent', 'Wrong rent')
    for (let waited = 0; waited < 60_000; waited += 1000) pass(1000)
    assert.deepEqual(titlesOf((await openWindow()).rows), ['Rent', 'Travel'])
    await one.close()
    const next = await openWindow()
    assert.deepEqual(titlesOf(next.rows), ['Rent', 'Travel'])
    pass(15_000)
    await settled()
    assert.deepEqual(titlesOf(next.rows), ['Wrong rent', 'Travel'])
  })
})
