import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type Mail, queueMail } from '#shared/mail/index.ts'
import { mailOutbox, readMail } from '../reads.ts'
import { retryMail } from './retry-mail.ts'

const toMaria: Mail = {
  to: 'maria@skola.example',
  language: 'lv',
  kind: 'test.greeting',
  subject: 'Sveika!',
  paragraphs: ['Labdien.']
}

const sending = {
  configuration: { smtpUrl: 'smtps://mail.example.eu', host: '127.0.0.1', origin: undefined },
  demonstration: undefined
}
const keeping = {
  configuration: { smtpUrl: undefined, host: '127.0.0.1', origin: undefined },
  demonstration: undefined
}
const demonstration = {
  configuration: { smtpUrl: undefined, host: '127.0.0.1', origin: undefined },
  demonstration: {}
}

/** Five mails: kept, kept with a link that ended, refused, erased, sent. */
async function fillOutbox(database: Database): Promise<Map<string, string>> {
  for (const kind of ['kept', 'ended', 'refused', 'erased', 'sent']) {
    await queueMail(database, { ...toMaria, kind: `test.${kind}` })
  }
  const set = (kind: string, values: string) =>
    sql`update mail.message set next_attempt_at = null, ${sql.raw(values)} where kind = ${`test.${kind}`}`.execute(
      database
    )
  await set('kept', `state = 'kept'`)
  await set('ended', `state = 'kept', worthless_after = clock_timestamp() - interval '1 hour'`)
  await set('refused', `state = 'failed', failed_at = now(), failure = 'refused', attempts = 1`)
  await set(
    'erased',
    `state = 'failed', failed_at = now(), failure = 'refused', erased_at = now(), recipient = null, content = null`
  )
  await set('sent', `state = 'sent', sent_at = now()`)
  const rows = await database.selectFrom('mail.message').select(['id', 'kind']).execute()
  return new Map(rows.map(({ id, kind }) => [kind.slice('test.'.length), id]))
}

const waiting = async (database: Database) =>
  (
    await database
      .selectFrom('mail.message')
      .select('kind')
      .where('state', '=', 'waiting')
      .orderBy('kind')
      .execute()
  ).map(({ kind }) => kind)

test('Līga has a mail sent that was refused, and it is on record', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    const mails = await fillOutbox(database)
    assert.deepEqual(await retryMail({ database, ...sending }, liga, { mail: mails.get('refused') }), {
      mails: 1
    })
    assert.deepEqual(await waiting(database), ['test.refused'])
    const { rows } = await sql`select from audit.entry where act = 'operations.mail-retried'`.execute(
      database
    )
    assert.equal(rows.length, 1)
  }))

test('Līga has all sent that was kept; a link that ended stays where it is', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    await fillOutbox(database)
    assert.deepEqual(await retryMail({ database, ...sending }, liga, { all: 'kept' }), { mails: 1 })
    assert.deepEqual(await waiting(database), ['test.kept'])
  }))

test('what was sent, erased or is not there cannot be sent again', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    const mails = await fillOutbox(database)
    for (const mail of [mails.get('sent'), mails.get('erased'), mails.get('ended'), crypto.randomUUID()]) {
      const outcome = await retryMail({ database, ...sending }, liga, { mail })
      assert.ok(isRefused(outcome) && outcome.refused === 'not-now')
    }
    for (const given of [{}, { mail: 'x' }, { all: 'sent' }, { mail: ['a', 'b'] }, null]) {
      const outcome = await retryMail({ database, ...sending }, liga, given)
      assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
    }
    assert.deepEqual(await waiting(database), [])
  }))

test('without a mail server nothing can be sent, and that is said', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    const mails = await fillOutbox(database)
    const outcome = await retryMail({ database, ...keeping }, liga, { mail: mails.get('kept') })
    assert.ok(isRefused(outcome))
    assert.equal(outcome.problems[0]!.key, 'operations.mail.no-way')
  }))

test('nobody else looks into the outbox, except in a demonstration, where everybody may', () =>
  withDatabase(async (database) => {
    const { maria, petra, ana, liga, nobody } = await castOf(database)
    const mails = await fillOutbox(database)
    const mail = mails.get('kept')!
    for (const caller of [maria, petra, ana, nobody, { ...liga, secondFactor: false }]) {
      assert.ok(isRefused(await mailOutbox({ database, ...keeping }, caller)))
      assert.ok(isRefused(await readMail({ database, ...keeping }, caller, mail)))
      assert.ok(isRefused(await retryMail({ database, ...sending }, caller, { mail })))
    }
    const seen = await mailOutbox({ database, ...demonstration }, nobody)
    assert.ok(!isRefused(seen) && seen.mails.length === 5)
    const read = await readMail({ database, ...demonstration }, nobody, mail)
    assert.ok(!isRefused(read) && read.content !== null)
    assert.ok(isRefused(await retryMail({ database, ...demonstration }, nobody, { mail })))
  }))

test('where mail goes out, Līga sees what became of it and not its words', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    const mails = await fillOutbox(database)
    const read = await readMail({ database, ...sending }, liga, mails.get('refused')!)
    assert.ok(!isRefused(read))
    assert.deepEqual([read.content, read.hidden, read.sendable, read.subject], [null, true, true, 'Sveika!'])
  }))

test('a long outbox is read page by page, each mail once', () =>
  withDatabase(async (database) => {
    const { liga } = await castOf(database)
    for (let n = 0; n < 120; n++) await queueMail(database, toMaria)
    const seen: string[] = []
    let olderThan: string | undefined
    do {
      const page = await mailOutbox({ database, ...keeping }, liga, { olderThan })
      if (isRefused(page)) return assert.fail()
      seen.push(...page.mails.map(({ id }) => id))
      olderThan = page.olderThan
    } while (olderThan !== undefined)
    assert.equal(seen.length, 120)
    assert.equal(new Set(seen).size, 120)
  }))
