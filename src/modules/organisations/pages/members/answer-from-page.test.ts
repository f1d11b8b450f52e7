import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import type { App } from '../../../../app.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import { callerAgain, castOf, personActing } from '../../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../../tests/database.ts'
import { askToJoin } from '../../actions/ask-to-join.ts'
import { appOf, done, registered } from '../../organisations.fixture.ts'
import { answerFromPage } from './answer-from-page.server.ts'
import { answerName } from './answer-name.ts'

test('Maria answers one who asks to join while she writes to another: what she wrote to the other comes back', () =>
  withDatabase(async (database) => {
    const { maria, ilze } = await castOf(database)
    const { organisation } = await registered(database, maria)
    const app = { ...appOf(database), clock: () => Temporal.Instant.from('2026-11-25T12:00:00Z') }
    const dace = await personActing(database, { name: 'Dace Liepa' })
    const wish = { role: 'member', reason: 'Strādāju šajā skolā.' }
    const ofIlze = done(await askToJoin(app, ilze, organisation, wish)).request
    const ofDace = done(await askToJoin(app, dace, organisation, wish)).request
    const again = await callerAgain(database, maria)
    const acting = again.roles.find((role) => 'organisation' in role && role.organisation === organisation)
    const caller = { ...again, acting }
    const press = (typed: Record<string, string>) => {
      const url = new URL('http://localhost/lv/organisations/x/members')
      const request = new Request(url, { method: 'POST', body: new URLSearchParams(typed) })
      // As much of the installation as an answer needs.
      const locals = { app: app as unknown as App, caller, language: 'lv' as const }
      return answerFromPage({ locals, url, request, params: {} } as never, '/lv/done')
    }
    const begun = { [answerName(ofDace)]: 'Lūdzu, pasakiet, kurā klasē.' }
    const without = await press({ ...begun, [answerName(ofIlze)]: '', decision: `declined:${ofIlze}` })
    assert.ok('data' in without)
    assert.equal(without.data.problems[0]?.field, answerName(ofIlze))
    const back = await press({ ...begun, [answerName(ofIlze)]: '', decision: `accepted:${ofIlze}` })
    assert.deepEqual((back as ReturnedForm).typed, begun)
    const last = press({ ...begun, decision: `declined:${ofDace}` })
    await assert.rejects(last, (led) => (led as { location: string }).location === '/lv/done')
  }))
