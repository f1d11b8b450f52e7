import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { type RowChange, changeRows } from './change-rows.ts'

const list = 'work-packages'
const adding: RowChange = { list, kind: 'add', row: '', place: 0, most: 3 }

const rowsNow = async ({ database, application }: Consortium) =>
  (await answersOf(database, application.id)).get(list)?.value

test('Maria adds work packages, moves one, takes it away and brings it back into its place', () =>
  withConsortium(async (consortium) => {
    const { app, application, maria } = consortium
    const change = async (more: Partial<RowChange>) =>
      ok(await changeRows(app, maria, application.id, { ...adding, ...more }))
    const { row: first } = await change({})
    const { row: second } = await change({})
    await change({ kind: 'up', row: second })
    assert.deepEqual(await rowsNow(consortium), [second, first])
    const { place } = await change({ kind: 'remove', row: second })
    assert.deepEqual(await rowsNow(consortium), [first])
    await change({ kind: 'back', row: second, place })
    assert.deepEqual(await rowsNow(consortium), [second, first])
  }))

test('Two who add a row at the same moment both have theirs', () =>
  withConsortium(async (consortium) => {
    const { app, application, maria } = consortium
    const both = await Promise.all([1, 2].map(() => changeRows(app, maria, application.id, adding)))
    const rows = both.map((one) => ok(one).row)
    assert.deepEqual(((await rowsNow(consortium)) as string[]).toSorted(), rows.toSorted())
  }))

test('There are no more rows than the form takes, and Jonas changes none that are not his', () =>
  withConsortium(async ({ app, application, maria, jonas }) => {
    for (let row = 0; row < adding.most; row++) ok(await changeRows(app, maria, application.id, adding))
    const full = await changeRows(app, maria, application.id, adding)
    assert.ok(isRefused(full) && full.refused === 'not-now')
    const stranger = await changeRows(app, jonas, application.id, { ...adding, most: 9 })
    assert.ok(isRefused(stranger) && stranger.refused === 'not-allowed')
  }))
