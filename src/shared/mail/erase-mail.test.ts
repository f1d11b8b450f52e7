import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../tests/database.ts'
import type { Database } from '../database/index.ts'
import { type Mail, eraseOldMail, queueMail } from './index.ts'
import { settle, takeNext, tidyMailbox } from './mailbox.ts'
import { personalData } from './personal-data.ts'

const maria = randomUUID()
const toMaria: Mail = {
  to: 'maria@skola.example',
  person: maria,
  language: 'lv',
  kind: 'test.greeting',
  subject: 'Sveika!',
  paragraphs: ['Labdien.']
}

const all = (database: Database) =>
  database
    .selectFrom('mail.message')
    .select(['kind', 'state', 'recipient', 'subject', 'content', 'person', 'answer'])
    .orderBy('kind')
    .execute()

test('a month after it was sent nothing is left of a mail but that there was one, and that for a year', () =>
  withDatabase(async (database) => {
    for (const kind of ['test.old', 'test.young', 'test.waiting'])
      await queueMail(database, { ...toMaria, kind })
    await sql`update mail.message set state = 'sent', next_attempt_at = null, answer = '250 Ok <maria@skola.example>',
      sent_at = now() - case kind when 'test.old' then interval '31 days' else interval '29 days' end
      where kind <> 'test.waiting'`.execute(database)
    await sql`update mail.message set queued_at = now() - interval '40 days'`.execute(database)
    await eraseOldMail(database)
    const [old, waiting, young] = await all(database)
    assert.deepEqual(old, {
      kind: 'test.old',
      state: 'sent',
      recipient: null,
      subject: null,
      content: null,
      person: null,
      answer: null
    })
    assert.equal(young!.subject, 'Sveika!')
    assert.equal(waiting!.subject, 'Sveika!')
    await sql`update mail.message set queued_at = now() - interval '366 days'`.execute(database)
    await eraseOldMail(database)
    assert.deepEqual(
      (await all(database)).map(({ kind }) => kind),
      ['test.waiting']
    )
  }))

test('Maria sees which mails she got; when she is erased they are, and what waits is not sent', () =>
  withDatabase(async (database) => {
    await queueMail(database, { ...toMaria, kind: 'test.sent' })
    await sql`update mail.message set state = 'sent', next_attempt_at = null, sent_at = now()`.execute(
      database
    )
    await queueMail(database, { ...toMaria, kind: 'test.waiting' })
    await queueMail(database, { ...toMaria, kind: 'test.other', person: randomUUID() })
    const { mails } = (await personalData.exports(database, maria)) as { mails: { kind: string }[] }
    assert.deepEqual(mails.map(({ kind }) => kind).toSorted(), ['test.sent', 'test.waiting'])
    assert.deepEqual(await personalData.stays(database, maria), [])
    await database.transaction().execute((transaction) => personalData.erases(transaction, maria))
    assert.deepEqual(
      (await all(database)).map(({ kind, recipient }) => [kind, recipient]),
      [
        ['test.other', 'maria@skola.example'],
        ['test.sent', null]
      ]
    )
    assert.deepEqual(await personalData.exports(database, maria), { mails: [] })
  }))

test('a person who is erased while their mail is on its way is not written to again', () =>
  withDatabase(async (database) => {
    for (const next of [{ state: 'sent' }, { state: 'waiting', after: 0 }] as const) {
      await queueMail(database, toMaria)
      const taken = await takeNext(database)
      await database.transaction().execute((transaction) => personalData.erases(transaction, maria))
      await settle(database, taken!.id, next, 'Ok')
      assert.equal(await takeNext(database), undefined)
    }
    await tidyMailbox(database)
    assert.deepEqual(
      (await all(database)).map(({ state, recipient }) => [state, recipient]),
      [['sent', null]]
    )
  }))
