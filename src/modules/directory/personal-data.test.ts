import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, atWork } from '../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../tests/database.ts'
import { askForAdvice } from './actions/ask-for-advice.ts'
import { bookAdvice } from './actions/book-advice.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'

const given = { body: 'lv-viaa', on: '2026-11-20', how: 'call', edition: '2026', topic: 'Budžets' }

test('Petra gets all that is kept of her; once she is erased, only that somebody advised stays', () =>
  withDatabase(async (database) => {
    const { app, petra, school } = await atWork(database)
    accepted(await bookAdvice(app, petra, { ...given, organisation: school.code, notes: 'Piezīme' }))
    const exported = JSON.stringify(await personalData.exports(database, petra.person))
    assert.match(exported, /Piezīme/)
    assert.deepEqual(
      (await personalData.stays(database, petra.person)).map(({ args }) => args),
      [{ count: 1 }]
    )
    await personalData.erases(database, petra.person)
    const kept = await database.selectFrom('directory.advice').select('advisor').execute()
    assert.deepEqual(kept, [{ advisor: petra.person }])
  }))

test('Maria’s question stays with her school when she is erased, without her', () =>
  withDatabase(async (database) => {
    const { app, maria, school } = await atWork(database)
    const question = { edition: '2026', field: 'school', question: 'Kā sākt?' }
    accepted(await askForAdvice(app, maria, { organisation: school.organisation, ...question }))
    await personalData.erases(database, maria.person)
    const kept = await database
      .selectFrom('directory.advice_request')
      .select(['asked_by', 'question'])
      .execute()
    assert.deepEqual(kept, [{ asked_by: null, question: 'Kā sākt?' }])
  }))

test('The address of somebody who was invited is let go of a month after the link closed', () =>
  withDatabase(async (database) => {
    const { liga } = await atWork(database)
    const invitation = (secret: string, expires_at: string) => ({
      body: 'lv-viaa',
      email: 'kads@example.org',
      language: 'lv',
      secret_digest: Buffer.from(secret),
      invited_by: liga.person,
      expires_at
    })
    await database
      .insertInto('directory.invitation')
      .values([invitation('old', '2020-01-01T00:00:00Z'), invitation('open', '2099-01-01T00:00:00Z')])
      .execute()
    await jobs['directory.forget-invitations']({ database })
    const left = await database.selectFrom('directory.invitation').select('secret_digest').execute()
    assert.deepEqual(
      left.map(({ secret_digest }) => secret_digest.toString()),
      ['open']
    )
  }))
