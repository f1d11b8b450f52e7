import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { withDatabase } from '../../../tests/database.ts'
import { filterFrom } from '#modules/calls'
import { listCalls, noApplicationsYet, showCall } from '#server/calls'
import { syncShippedBodies } from '#server/directory'
import { personAt, rolesOf } from '#server/people'
import { loadProgrammes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { root } from '../../configuration.ts'
import { cast, castKeys } from '../cast.ts'
import { departure } from '../invented-calls.ts'
import { inventedOrganisations } from '../invented-organisations.ts'
import { setUpDemonstration } from './set-up.server.ts'

const programmes = loadProgrammes(join(root, 'programmes'))

async function worldIn(database: Database) {
  const clock = () => Temporal.Now.instant()
  const world = { database, programmes, bodiesFor: async () => ['lv-viaa', 'lv-jspa'], clock }
  await syncShippedBodies(world)
  await database.insertInto('kopa.demonstration').values({ version: '0.1.0' }).execute()
  return world
}

test('the world is set up within seconds, and the cast hold the roles that are said of them', () =>
  withDatabase(async (database) => {
    const world = await worldIn(database)
    const began = performance.now()
    await setUpDemonstration(world)
    // Two on a machine of one's own.
    assert.ok(performance.now() - began < 30_000, `${performance.now() - began} ms`)
    for (const key of castKeys) {
      const { email, roles } = cast[key]
      const person = await personAt(database, email)
      const held = await rolesOf(database, person!.id)
      assert.deepEqual(
        held.map(({ held }) => held.role),
        roles.map(({ role }) => role),
        key
      )
    }
  }))

test('a second start finds the world and adds nothing', () =>
  withDatabase(async (database) => {
    const world = await worldIn(database)
    await setUpDemonstration(world)
    const counted = () =>
      database
        .selectFrom('audit.entry')
        .select(({ fn }) => fn.countAll().as('n'))
        .execute()
    const before = await counted()
    await setUpDemonstration(world)
    assert.deepEqual(await counted(), before)
  }))

test('a start that is broken off leaves nothing, and the next one begins anew', () =>
  withDatabase(async (database) => {
    const world = await worldIn(database)
    const broken = {
      ...world,
      clock: () => {
        throw new Error('the plug was pulled')
      }
    }
    await assert.rejects(setUpDemonstration(broken), /the plug was pulled/)
    assert.equal(await personAt(database, cast.maria.email), undefined)
    await setUpDemonstration(world)
    assert.ok(await personAt(database, cast.maria.email))
  }))

test('calls by the rules of 2014, 2019 and 2026 are open, with deadlines counted from today and marked as moved', () =>
  withDatabase(async (database) => {
    const world = await worldIn(database)
    await setUpDemonstration(world)
    const { calls, now } = await listCalls(world, filterFrom(new URLSearchParams()))
    assert.deepEqual(new Set(calls.map(({ edition }) => edition)), new Set([2014, 2019, 2026]))
    for (const { code, closesAt } of calls) {
      assert.ok(Temporal.Instant.compare(closesAt, now) > 0, code)
      assert.equal(
        (await showCall({ ...world, draftsUnder: noApplicationsYet }, code))?.terms.departure,
        departure
      )
    }
    const days = calls.map(({ closesAt }) => Math.ceil(closesAt.since(now).total('hours') / 24))
    assert.ok(days.includes(2) || days.includes(3), 'one closes soon')
    const schools = calls.find(({ corrigenda }) => corrigenda === 1)
    assert.equal(schools?.card.title.en, 'Cooperation partnerships for schools')
  }))

test('real universities of Latvia and its neighbours are there, and what is invented says so in its name', () =>
  withDatabase(async (database) => {
    const world = await worldIn(database)
    await setUpDemonstration(world)
    const rows = await database
      .selectFrom('organisations.organisation')
      .select(['name', 'country', 'level'])
      .execute()
    const real = rows.filter(({ level }) => level === 'official-list')
    assert.deepEqual(new Set(real.map(({ country }) => country)), new Set(['EE', 'LT', 'LV']))
    const invented = rows.filter(({ level }) => level !== 'official-list')
    assert.equal(invented.length, Object.keys(inventedOrganisations).length)
    for (const { name } of invented) assert.match(name, /\(demonstr/)
  }))
