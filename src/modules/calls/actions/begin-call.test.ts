import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { atDesk, body, callOf, edition, ok } from '../../../../tests/cast/calls-at-desk.ts'
import { stepsOf, termsOf } from '../store.server.ts'
import { beginCall } from './begin-call.ts'

const call = { body, edition, kind: 'proposals' } as const

test('Petra begins a call: a draft with a code of its own and the usual experts of the edition', () =>
  atDesk(async ({ app, database, petra }) => {
    const first = ok(await beginCall(app, petra, call))
    const second = ok(await beginCall(app, petra, call))
    assert.deepEqual([first.code, second.code], ['2026-lv-viaa-1', '2026-lv-viaa-2'])
    const { id, stage, revision, publishedRevision } = await callOf(database, first.code)
    assert.deepEqual([stage, revision, publishedRevision], ['draft', 1, null])
    assert.deepEqual(
      (await stepsOf(database, id)).map(({ step, by }) => [step, by]),
      [['drafted', petra.person]]
    )
    const { assessment } = (await termsOf(database, id, 1)).terms
    assert.ok(assessment.experts.every(({ experts }) => experts > 0))
    const audited = await database.selectFrom('audit.entry').select('act').execute()
    assert.deepEqual(
      audited.map(({ act }) => act),
      ['calls.begun', 'calls.begun']
    )
  }))

test('a form that is sent twice, or ten times at once, begins one call', () =>
  atDesk(async ({ app, database, petra }) => {
    const form = randomUUID()
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => beginCall(app, petra, { ...call, form }))
    )
    assert.deepEqual(new Set(codes.map((outcome) => ok(outcome).code)), new Set(['2026-lv-viaa-1']))
    assert.equal((await database.selectFrom('calls.call').select('id').execute()).length, 1)
  }))

test('Petra cannot begin one for another body, nor Maria for any', () =>
  atDesk(async ({ app, petra, maria, nobody }) => {
    for (const [caller, asked, reason] of [
      [petra, { ...call, body: 'eacea' }, 'not-allowed'],
      [maria, call, 'not-allowed'],
      [nobody, call, 'sign-in']
    ] as const) {
      const outcome = await beginCall(app, caller, asked)
      assert.ok(isRefused(outcome) && outcome.refused === reason)
    }
  }))

test('a call for proposals needs a guide; a call for tenders may be a year ahead of it', () =>
  atDesk(async ({ app, petra }) => {
    const next = app.programmes.editions[0]! + 1
    const proposals = await beginCall(app, petra, { ...call, edition: next })
    assert.ok(isRefused(proposals) && proposals.problems[0]?.field === 'edition')
    assert.ok(isRefused(await beginCall(app, petra, { ...call, kind: 'tender', edition: 1999 })))
    ok(await beginCall(app, petra, { ...call, kind: 'tender', edition: next }))
  }))
