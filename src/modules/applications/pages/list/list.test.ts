import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../../../app.ts'
import { atTheDeadline, handIn } from '../../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../../tests/cast/calls-at-desk.ts'
import { takeBackApplication } from '../../actions/take-back-application.ts'
import * as overview from '../overview/overview.server.ts'
import { load } from './list.server.ts'

test('taken back, an application is a draft of which a number still counts: in the list and on its page', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria } = consortium
    const locals = { app: app as unknown as App, language: 'lv' as const, caller: maria }
    const event = {
      locals,
      params: { application: application.code },
      url: new URL('http://localhost/lv/applications')
    }
    const seen = async () => {
      const { organisations } = await load(event)
      const [line] = organisations.flatMap(({ applications }) => applications)
      const page = await overview.load(event)
      assert.deepEqual([page.state, page.counts], [line!.state, line!.counts])
      return [page.state, page.counts]
    }
    assert.deepEqual(await seen(), ['draft', undefined])
    ok(await handIn(consortium, maria))
    assert.deepEqual(await seen(), ['submitted', 1])
    ok(await takeBackApplication(app, maria, application.code))
    assert.deepEqual(await seen(), ['draft', 1])
  }))
