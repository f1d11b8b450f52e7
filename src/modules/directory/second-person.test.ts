import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grantRole } from '#server/people'
import { Temporal } from 'temporal-polyfill'
import { castOf, personActing } from '../../../tests/cast/cast.ts'
import { withDatabase } from '../../../tests/database.ts'
import { directoryIn } from '../../../tests/cast/bodies-at-work.ts'
import { refusalAsSecond, secondOfficerFor } from './second-person.server.ts'
import { type BodyAtWork, secondPersonFor } from './second-person.ts'

const officer = (person: string, insteadOf: string | null = null) => ({ person, insteadOf })
const viaa = (officers: BodyAtWork['officers'], above: BodyAtWork['officers'] = []): BodyAtWork => ({
  body: 'lv-viaa',
  officers,
  supervising: { body: 'lv-izm', officers: above }
})

test('Where several work, another officer is the second, never the one who began', () => {
  assert.deepEqual(secondPersonFor(viaa([officer('petra'), officer('ieva'), officer('juris')]), 'petra'), {
    by: 'officer',
    body: 'lv-viaa',
    persons: ['ieva', 'juris']
  })
})

test('In a body with one officer her substitute is the second', () => {
  assert.deepEqual(secondPersonFor(viaa([officer('petra'), officer('ieva', 'petra')]), 'petra'), {
    by: 'substitute',
    body: 'lv-viaa',
    persons: ['ieva']
  })
})

test('What Ieva began instead of Petra is confirmed by a third before Petra herself', () => {
  const [petra, ieva, juris] = [officer('petra'), officer('ieva', 'petra'), officer('juris')]
  assert.deepEqual(secondPersonFor(viaa([petra, ieva, juris]), 'ieva'), {
    by: 'officer',
    body: 'lv-viaa',
    persons: ['juris']
  })
  assert.deepEqual(secondPersonFor(viaa([petra, ieva], [officer('laura')]), 'ieva'), {
    by: 'supervising-body',
    body: 'lv-izm',
    persons: ['laura']
  })
})

test('Quite alone, it is the supervising body, and without one an administrator', () => {
  assert.deepEqual(secondPersonFor(viaa([officer('petra')], [officer('laura')]), 'petra'), {
    by: 'supervising-body',
    body: 'lv-izm',
    persons: ['laura']
  })
  assert.deepEqual(secondPersonFor(viaa([officer('petra')]), 'petra'), { by: 'administrator' })
})

test('Who is barred by the act itself is passed over', () => {
  const two = viaa([officer('petra'), officer('ieva')], [officer('laura')])
  assert.deepEqual(secondPersonFor(two, 'petra', ['ieva']), {
    by: 'supervising-body',
    body: 'lv-izm',
    persons: ['laura']
  })
})

test('Petra, alone at VIAA, may not confirm her own act; Līga may until a colleague comes', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const { petra, liga, ana } = await castOf(database, { body: 'lv-viaa' })
    const act = { body: 'lv-viaa', first: petra.person }
    assert.deepEqual((await refusalAsSecond(app, petra, act))?.problems, [
      { field: '', key: 'directory.second.administrator' }
    ])
    assert.equal(await refusalAsSecond(app, liga, act), undefined)
    assert.equal((await refusalAsSecond(app, ana, act))?.refused, 'not-allowed')
    const ieva = await personActing(database, {
      name: 'Ieva Kļava',
      role: { role: 'officer', body: 'lv-viaa' }
    })
    assert.equal(await refusalAsSecond(app, ieva, act), undefined)
    assert.equal((await refusalAsSecond(app, liga, act))?.refused, 'not-allowed')
  }))

test('A substitute counts as one only while she stands in', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const { petra, ilze } = await castOf(database, { body: 'lv-viaa' })
    const role = { role: 'officer', body: 'lv-viaa' } as const
    await grantRole(database, ilze.person, role, {
      from: Temporal.Instant.from('2020-01-01T00:00:00Z'),
      until: Temporal.Instant.from('2020-02-01T00:00:00Z'),
      insteadOf: petra.acting!.id
    })
    assert.equal((await secondOfficerFor(app, 'lv-viaa', petra.person)).by, 'administrator')
    await grantRole(database, ilze.person, role, {
      from: Temporal.Instant.from('2020-03-01T00:00:00Z'),
      until: Temporal.Instant.from('2099-01-01T00:00:00Z'),
      insteadOf: petra.acting!.id
    })
    assert.deepEqual(await secondOfficerFor(app, 'lv-viaa', petra.person), {
      by: 'substitute',
      body: 'lv-viaa',
      persons: [ilze.person]
    })
  }))
