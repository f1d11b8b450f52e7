import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { accessOf } from '../access.ts'
import { openDraft } from '../draft.server.ts'
import { countFor } from '../limits.server.ts'
import { startApplication } from './start-application.ts'

const asked = ({ call, places }: Consortium) => ({
  call,
  action: 'cooperation-partnerships',
  field: 'school',
  organisation: places.mariasSchool,
  title: 'Lasīšanas tilti',
  language: 'lv'
})

suite('beginning an application', () => {
  test('Maria coordinates what she begins, and Jonas writes his own part only', () =>
    withConsortium(async ({ app, application, maria, jonas }) => {
      const own = ok(accessOf(application, maria))
      assert.ok(own.editsAll && own.edits('project.summary'))
      const his = ok(accessOf(application, jonas))
      const part = application.participants[1]!.id
      assert.equal(his.editsAll, false)
      assert.equal(his.edits('project.summary'), false)
      assert.equal(his.edits(`profile@${part}.background`), true)
      assert.equal(his.edits(`profile@${application.participants[0]!.id}.background`), false)
      const draft = ok(await openDraft(app, jonas, application.code))
      assert.equal(draft.call.state, 'open')
    }))

  test('a form that is sent twice makes one application, and only for who sent it', () =>
    withConsortium(async (consortium) => {
      const { app, maria, jonas, places } = consortium
      const form = randomUUID()
      const first = ok(await startApplication(app, maria, { ...asked(consortium), form }))
      const second = ok(await startApplication(app, maria, { ...asked(consortium), form }))
      assert.equal(first.code, second.code)
      const other = { ...asked(consortium), organisation: places.jonasSchool, form }
      const stranger = await startApplication(app, jonas, other)
      assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
    }))

  test('a loop that begins applications waits', () =>
    withConsortium(async (consortium) => {
      const { app, database, maria } = consortium
      for (let at = 0; at < 60; at++) await countFor(database, 'start', maria.person)
      const outcome = await startApplication(app, maria, asked(consortium))
      assert.equal(isRefused(outcome) && outcome.refused, 'too-often')
    }))

  test('nobody begins one for an organisation that is not theirs, nor under a call that opens something else', () =>
    withConsortium(async (consortium) => {
      const { app, maria, elena, nobody } = consortium
      const stranger = await startApplication(app, elena, asked(consortium))
      assert.ok(isRefused(stranger) && stranger.refused === 'not-allowed')
      const unknown = await startApplication(app, nobody, asked(consortium))
      assert.ok(isRefused(unknown) && unknown.refused === 'sign-in')
      for (const wrong of [{ call: '2026-none-1' }, { action: 'sport-events' }, { field: 'sport' }]) {
        const refusal = await startApplication(app, maria, { ...asked(consortium), ...wrong })
        assert.ok(isRefused(refusal) && refusal.refused === 'invalid', JSON.stringify(wrong))
      }
    }))

  test('who names no action under a call that opens some is told which', () =>
    withConsortium(async (consortium) => {
      const { app, maria } = consortium
      const { action, ...rest } = asked(consortium)
      const refusal = await startApplication(app, maria, rest)
      assert.ok(isRefused(refusal))
      const [{ field, key, args } = assert.fail()] = refusal.problems
      assert.deepEqual([field, key], ['action', 'applications.problem.action-missing'])
      assert.ok(String(args?.actions).split(', ').includes(action))
    }))

  test('Elena, who is not in the consortium, and Petra, an officer, find no draft', () =>
    withConsortium(async ({ app, application, elena, petra, ilze, nobody }) => {
      for (const who of [elena, petra, ilze]) {
        const refusal = await openDraft(app, who, application.code)
        assert.ok(isRefused(refusal) && refusal.refused === 'not-found')
      }
      const unknown = await openDraft(app, nobody, application.code)
      assert.ok(isRefused(unknown) && unknown.refused === 'sign-in')
    }))
})
