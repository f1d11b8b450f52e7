import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../../../tests/database.ts'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { waitingAt } from '../waiting.server.ts'
import { askForAdvice } from './ask-for-advice.ts'
import { handOverWaiting } from './hand-over-waiting.ts'
import { takeWaiting } from './take-waiting.ts'

async function withQuestion(database: Parameters<typeof atWork>[0]) {
  const world = await atWork(database)
  const question = { edition: '2026', field: 'school', question: 'Kā sākt?' }
  accepted(
    await askForAdvice(world.app, world.maria, { organisation: world.school.organisation, ...question })
  )
  const [waits] = await waitingAt(database, 'lv-viaa')
  return { ...world, waiting: waits!.id }
}

test('Petra takes a question upon herself; Ieva cannot take it away, and can once Petra lets go', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, waiting } = await withQuestion(database)
    accepted(await takeWaiting(app, petra, { waiting, taken: 'by-me' }))
    assert.deepEqual(whyNot(await takeWaiting(app, ieva, { waiting, taken: 'by-me' })), [
      'not-now',
      'directory.desk.taken-already'
    ])
    assert.equal(whyNot(await takeWaiting(app, ieva, { waiting, taken: 'by-nobody' }))[0], 'not-now')
    accepted(await takeWaiting(app, petra, { waiting, taken: 'by-nobody' }))
    accepted(await takeWaiting(app, ieva, { waiting, taken: 'by-me' }))
    assert.equal((await waitingAt(database, 'lv-viaa'))[0]?.taken?.by, ieva.person)
  }))

test('Juris of JSPA neither sees nor takes what waits at VIAA, until it is handed over', () =>
  withDatabase(async (database) => {
    const { app, petra, juris, waiting } = await withQuestion(database)
    assert.deepEqual(whyNot(await takeWaiting(app, juris, { waiting, taken: 'by-me' })), ['not-allowed'])
    assert.deepEqual(whyNot(await handOverWaiting(app, juris, { waiting, to: { body: 'lv-jspa' } })), [
      'not-allowed'
    ])
    accepted(await handOverWaiting(app, petra, { waiting, to: { body: 'lv-jspa' } }))
    assert.deepEqual(await waitingAt(database, 'lv-viaa'), [])
    accepted(await takeWaiting(app, juris, { waiting, taken: 'by-me' }))
  }))

test('It is handed to no body and no unit that there is not', () =>
  withDatabase(async (database) => {
    const { app, petra, waiting } = await withQuestion(database)
    const to = (place: { body: string } | { unit: string }) =>
      handOverWaiting(app, petra, { waiting, to: place })
    const why = ['invalid', 'to: form.not-offered']
    assert.deepEqual(whyNot(await to({ body: 'nobody' })), why)
    assert.deepEqual(whyNot(await to({ unit: '00000000-0000-4000-8000-000000000001' })), why)
  }))
