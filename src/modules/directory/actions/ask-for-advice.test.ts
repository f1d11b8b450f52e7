import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../../../tests/database.ts'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { waitingAt } from '../waiting.server.ts'
import { askForAdvice } from './ask-for-advice.ts'
import { withdrawAdviceRequest } from './withdraw-advice-request.ts'

const question = { edition: '2026', question: 'Vai mums der maza mēroga partnerība?' }

test('Maria asks about a school partnership, and her question waits at VIAA', () =>
  withDatabase(async (database) => {
    const { app, maria, school, petra } = await atWork(database)
    const about = { ...question, action: 'small-scale-partnerships', field: 'school' }
    const asked = accepted(await askForAdvice(app, maria, { organisation: school.organisation, ...about }))
    assert.equal(asked.body, 'lv-viaa')
    const [waits] = await waitingAt(database, 'lv-viaa')
    assert.deepEqual(
      [waits?.kind, waits?.subject, waits?.taken],
      ['advice-request', asked.request, undefined]
    )
    const mail = await database.selectFrom('mail.message').select(['person', 'kind', 'subject']).execute()
    assert.ok(mail.some(({ person, kind }) => person === petra.person && kind === 'directory.advice-asked'))
    assert.deepEqual(await waitingAt(database, 'lv-jspa'), [])
  }))

test('The same action in youth goes to JSPA, in sport to EACEA', () =>
  withDatabase(async (database) => {
    const { app, maria, school } = await atWork(database)
    const ask = async (field: string) =>
      accepted(
        await askForAdvice(app, maria, {
          organisation: school.organisation,
          ...question,
          action: 'small-scale-partnerships',
          field
        })
      ).body
    assert.equal(await ask('youth'), 'lv-jspa')
    assert.equal(await ask('sport'), 'eacea')
  }))

test('Where the field decides who answers, Maria is asked for it; a wrong year is said', () =>
  withDatabase(async (database) => {
    const { app, maria, school } = await atWork(database)
    const ask = (given: object) =>
      askForAdvice(app, maria, { organisation: school.organisation, ...question, ...given })
    const invalid = ['invalid', 'field: directory.advice.say-field']
    assert.deepEqual(whyNot(await ask({ action: 'cooperation-partnerships' })), invalid)
    assert.deepEqual(whyNot(await ask({})), invalid)
    assert.deepEqual(whyNot(await ask({ action: 'knowledge-alliances' })), [
      'invalid',
      'action: directory.advice.not-then'
    ])
    assert.equal(accepted(await ask({ field: 'adult' })).body, 'lv-viaa')
  }))

test('Nobody asks for an organisation that is not theirs, and six questions at once are too many', () =>
  withDatabase(async (database) => {
    const { app, maria, jonas, petra, nobody, school } = await atWork(database)
    const about = { organisation: school.organisation, ...question, field: 'school' }
    assert.deepEqual(whyNot(await askForAdvice(app, nobody, about)), ['sign-in'])
    for (const somebody of [jonas, petra])
      assert.deepEqual(whyNot(await askForAdvice(app, somebody, about)), ['not-allowed'])
    for (let n = 0; n < 5; n++) accepted(await askForAdvice(app, maria, about))
    assert.deepEqual(whyNot(await askForAdvice(app, maria, about)), [
      'not-now',
      'directory.advice.too-many-open'
    ])
  }))

test('Maria takes her question back, once; Jonas cannot', () =>
  withDatabase(async (database) => {
    const { app, maria, jonas, school } = await atWork(database)
    const about = { organisation: school.organisation, ...question, field: 'school' }
    const { request } = accepted(await askForAdvice(app, maria, about))
    assert.deepEqual(whyNot(await withdrawAdviceRequest(app, jonas, request)), ['not-allowed'])
    accepted(await withdrawAdviceRequest(app, maria, request))
    assert.deepEqual(await waitingAt(database, 'lv-viaa'), [])
    assert.deepEqual(whyNot(await withdrawAdviceRequest(app, maria, request)), ['not-found'])
  }))
