import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { atDesk, callOf, ok, publishedCall } from '../../../../tests/cast/calls-at-desk.ts'
import { termsOf } from '../store.server.ts'
import { cloneCall } from './clone-call.ts'

test('Petra clones a call into another edition, once, however often she presses', () =>
  atDesk(async (desk) => {
    const { app, database, petra, sandra } = desk
    const code = await publishedCall(desk)
    const form = randomUUID()
    const first = ok(await cloneCall(app, petra, code, { edition: 2025, form }))
    const again = ok(await cloneCall(app, petra, code, { edition: 2025, form }))
    assert.deepEqual([first.code, again.code], ['2025-lv-viaa-1', '2025-lv-viaa-1'])
    const call = await callOf(database, first.code)
    assert.deepEqual([call.stage, call.edition], ['draft', 2025])
    const { terms } = await termsOf(database, call.id, 1)
    assert.deepEqual(terms.deadline, { day: '2025-03-05', hour: '12:00' })
    assert.equal(terms.budget.cents, null)
    const other = await cloneCall(app, sandra, code, { edition: 2025 })
    assert.ok(isRefused(other) && other.refused === 'not-allowed')
    const unknown = await cloneCall(app, petra, code, { edition: 2013 })
    assert.ok(isRefused(unknown) && unknown.refused === 'invalid')
  }))
