import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, atWork, whyNot } from '../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../tests/database.ts'
import { askForAdvice } from './actions/ask-for-advice.ts'
import { bookAdvice } from './actions/book-advice.ts'
import { adviceGiven, adviceLog, adviceReceived, deskOf, staffOf } from './reads.ts'

const question = {
  action: 'small-scale-partnerships',
  edition: '2026',
  field: 'school',
  question: 'Kā sākt?'
}
const given = { body: 'lv-viaa', on: '2026-11-20', how: 'call', edition: '2026', topic: 'Budžets' }

test('Petra’s desk shows what waits at VIAA, who asks, and that the school is a newcomer', () =>
  withDatabase(async (database) => {
    const { app, petra, maria, school } = await atWork(database)
    accepted(await askForAdvice(app, maria, { organisation: school.organisation, ...question }))
    const desk = accepted(await deskOf(app, petra, 'lv'))
    assert.equal(desk.body.id, 'lv-viaa')
    const [waits] = desk.waiting
    assert.deepEqual(
      [waits?.about?.code, waits?.question?.askedBy?.name, waits?.support],
      [school.code, maria.name, 'newcomer']
    )
    assert.deepEqual(
      desk.toSupport.map(({ code, support, advisedOn }) => [code, support, advisedOn]),
      [[school.code, 'newcomer', undefined]]
    )
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    assert.equal(accepted(await deskOf(app, petra, 'lv')).toSupport[0]?.advisedOn, '2026-11-20')
  }))

test('Juris of JSPA sees his own desk, and nothing of VIAA', () =>
  withDatabase(async (database) => {
    const { app, petra, juris, maria, school } = await atWork(database)
    accepted(await askForAdvice(app, maria, { organisation: school.organisation, ...question }))
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    const desk = accepted(await deskOf(app, juris, 'lv'))
    assert.deepEqual([desk.body.id, desk.waiting], ['lv-jspa', []])
    assert.deepEqual(whyNot(await adviceLog(app, juris, { body: 'lv-viaa', language: 'lv' })), [
      'not-allowed'
    ])
    assert.deepEqual(whyNot(await staffOf(app, juris, 'lv-viaa')), ['not-allowed'])
    assert.deepEqual(accepted(await adviceLog(app, juris, { body: 'lv-jspa', language: 'lv' })), [])
  }))

test('Maria sees that her school was advised, when and about what, but not the notes; Jonas sees nothing', () =>
  withDatabase(async (database) => {
    const { app, petra, maria, jonas, school } = await atWork(database)
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code, notes: 'Jāpalīdz vairāk' }))
    const seen = accepted(await adviceReceived(app, maria, school.organisation))
    assert.deepEqual(
      seen.advice.map(({ body, on, topic }) => [body, on, topic]),
      [['lv-viaa', '2026-11-20', 'Budžets']]
    )
    assert.doesNotMatch(JSON.stringify(seen), /Jāpalīdz/)
    assert.deepEqual(whyNot(await adviceReceived(app, jonas, school.organisation)), ['not-allowed'])
  }))

test('Everybody sees their own advice, an officer without a second factor no desk', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, school, nobody, maria } = await atWork(database)
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code }))
    assert.equal(accepted(await adviceGiven(app, petra)).length, 1)
    assert.equal(accepted(await adviceGiven(app, ieva)).length, 0)
    assert.deepEqual(whyNot(await deskOf(app, { ...petra, secondFactor: false }, 'lv')), ['second-factor'])
    assert.deepEqual(whyNot(await deskOf(app, nobody, 'lv')), ['sign-in'])
    assert.deepEqual(whyNot(await deskOf(app, maria, 'lv')), ['not-allowed'])
  }))
