import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodyData } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import { withDatabase } from '../../../tests/database.ts'
import { directoryIn } from '../../../tests/cast/bodies-at-work.ts'
import { showBody } from './reads.ts'
import { syncShippedBodies } from './sync-shipped.server.ts'

/** The same programme, shipped with other bodies. */
function shipped<App extends { programmes: Programmes }>(
  app: App,
  change: (bodies: BodyData[]) => BodyData[]
): App {
  const { programme } = app.programmes
  const bodies = change(structuredClone(programme.bodies))
  return { ...app, programmes: { ...app.programmes, programme: { ...programme, bodies } } }
}

const renamed = (bodies: BodyData[]) =>
  bodies.map((body) => (body.id === 'lv-viaa' ? { ...body, short: 'VIAA2' } : body))

test('A new installation has the shipped bodies; the next start changes nothing', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const viaa = await showBody(app, 'lv-viaa')
    assert.equal(viaa?.body.short, 'VIAA')
    assert.equal(viaa.body.supervisedBy, 'lv-izm')
    assert.equal(viaa.supervisor?.short, 'IZM')
    assert.deepEqual(viaa.mandates.find(({ purpose }) => purpose === 'manages-actions')?.countries, ['LV'])
    assert.deepEqual(await syncShippedBodies(app), { added: [], updated: [], ended: [], kept: [] })
  }))

test('A corrected name comes with the next version, and what it was before is kept', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const synced = await syncShippedBodies(shipped(app, renamed))
    assert.deepEqual(synced.updated, ['lv-viaa'])
    const viaa = await showBody(app, 'lv-viaa')
    assert.deepEqual([viaa?.body.short, viaa?.body.revision], ['VIAA2', 2])
    const earlier = await database.selectFrom('directory.earlier').selectAll().execute()
    assert.deepEqual(
      earlier.map(({ subject, id, revision, changed_by }) => [subject, id, revision, changed_by]),
      [['body', 'lv-viaa', 1, null]]
    )
  }))

test('What Līga edited stays as she left it', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    await database
      .updateTable('directory.body')
      .set({ short_name: 'VIAA!', edited_at: '2026-11-25T12:00:00Z' })
      .where('id', '=', 'lv-viaa')
      .execute()
    const synced = await syncShippedBodies(shipped(app, renamed))
    assert.deepEqual(synced, { added: [], updated: [], ended: [], kept: ['lv-viaa'] })
    assert.equal((await showBody(app, 'lv-viaa'))?.body.short, 'VIAA!')
  }))

test('A body that is no longer shipped ends today, its mandates too; neither is deleted', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    await syncShippedBodies(shipped(app, (bodies) => bodies.filter(({ id }) => id !== 'oecd')))
    const oecd = await showBody(app, 'oecd')
    assert.equal(oecd?.body.endedOn, '2026-11-25')
    assert.deepEqual(
      oecd.mandates.map(({ until }) => until?.toString()),
      ['2026-11-25']
    )
  }))
