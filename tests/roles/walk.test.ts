import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { isSignedIn } from '#shared/identity/index.ts'
import { type RunningSite, startSite } from '../running-site.ts'
import type { Door } from './door.ts'
import { doors } from './doors.ts'
import { mayEnter, visit } from './visit.ts'
import { type Visitor, visitorsOf } from './visitors.ts'
import { type Secret, type World, mayRead, worldAt } from './world.ts'

/*
 * Every page, form, feed and endpoint, as somebody of every role: who comes in is whom docs/roles.md lets in, and
 * nobody reads what is private to others. Forms are sent empty or invalid, so that a refusal has to come before
 * anybody looks at what was typed.
 */
suite('Everybody goes to every door', () => {
  let site: RunningSite
  let world: World
  let visitors: Visitor[]
  const seen = new Set<Secret>()

  before(async () => {
    site = await startSite()
    world = await worldAt(site)
    visitors = await visitorsOf(world)
  })

  after(() => site.stop())

  for (const module of new Set(doors.map(moduleOf))) {
    test(`of ${module}`, async () => {
      const wrong: string[] = []
      for (const door of doors.filter((door) => moduleOf(door) === module)) {
        const problems = await Promise.all(visitors.map((visitor) => problemsOf(door, visitor)))
        wrong.push(...problems.flat())
      }
      assert.deepEqual(wrong, [])
    })
  }

  test('nobody breaks anything by sending nothing, or what is no name of anything', async () => {
    const broken: string[] = []
    const writing = doors.filter(({ door }) => !/^(api )?(load|GET) /.test(door))
    for (const door of writing) {
      for (const visitor of visitors.filter(({ name }) => insiders.includes(name))) {
        const place = (await door.at?.(world, visitor)) ?? {}
        if (!(await mayEnter(door, place, visitor))) continue
        for (const body of [{}, garbage(place.body ?? {})]) {
          const { came, status } = await visit(world, door, { ...place, body }, visitor)
          await door.afterwards?.(world, visitor)
          if (came === 'broken') broken.push(`${door.door} as ${visitor.name}: ${status}`)
        }
      }
    }
    assert.deepEqual(broken, [])
  })

  test('what was hidden from others was there to be seen', () => {
    const unseen = world.secrets.filter((secret) => !seen.has(secret))
    assert.deepEqual(
      unseen.map(({ what }) => what),
      []
    )
  })

  async function problemsOf(door: Door, visitor: Visitor): Promise<string[]> {
    const place = (await door.at?.(world, visitor)) ?? {}
    const may = (await mayEnter(door, place, visitor)) ? 'in' : 'refused'
    const { came, status, location, text } = await visit(world, door, place, visitor)
    await door.afterwards?.(world, visitor)
    const who = `${door.door} as ${visitor.name}`
    const reader = isSignedIn(visitor.caller) ? visitor.caller : undefined
    const read = world.secrets.filter((secret) => text.includes(secret.text))
    const leaked = read.filter((secret) => !mayRead(reader, secret))
    for (const secret of read) seen.add(secret)
    return [
      ...(came === may ? [] : [`${who}: should be ${may}, is ${came} (${status} ${location})`]),
      ...leaked.map(({ what }) => `${who}: reads ${what}`)
    ]
  }
})

/** Who gets furthest with what they send. */
const insiders = ['representative', 'officer', 'administrator']

function garbage(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(body).map((name) => [name, '💥\u202e<b>=1+1']))
}

/** 'people.sign-in' → people */
function moduleOf({ asks }: Door): string {
  return asks[0]?.split('.')[0] ?? 'no module'
}
