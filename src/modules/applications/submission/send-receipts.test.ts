import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { atTheDeadline, handIn, onRecord } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { startApplication } from '../actions/start-application.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { sendReceipts } from './send-receipts.server.ts'

test('who represents a participant gets one receipt of each submission, in their language, with its number', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    const { log } = app
    const first = ok(await handIn(consortium, maria))
    await Promise.all([sendReceipts({ database, log }), sendReceipts({ database, log })])
    assert.equal(await sendReceipts({ database, log }), 0)
    ok(await takeBackApplication(app, maria, application.code))
    const second = ok(await handIn(consortium, maria))
    assert.equal(await sendReceipts({ database, log }), 1)
    const mails = await database
      .selectFrom('mail.message')
      .select(['person', 'language', 'subject', 'content'])
      .where('kind', '=', 'applications.receipt')
      .where('person', '=', maria.person)
      .orderBy('id')
      .execute()
    assert.equal(mails.length, 2)
    for (const [at, { sha256 }] of [first, second].entries())
      assert.ok(JSON.stringify(mails[at]!.content).includes(sha256))
  }))

test('a receipt that cannot be written keeps no other from being written', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria, call, places } = consortium
    const { log } = app
    ok(await handIn(consortium, maria))
    const { code } = ok(
      await startApplication(app, maria, {
        ...{ call, action: 'cooperation-partnerships', field: 'school', title: 'Otrs', language: 'lv' },
        organisation: places.mariasSchool!
      })
    )
    const second = await onRecord(app, maria, code)
    await sql`create function public.no_mail() returns trigger language plpgsql as
      $$ begin if new.content::text like ${sql.lit(`%${code}%`)} then raise exception 'no'; end if; return new; end $$`.execute(
      database
    )
    await sql`create trigger no_mail before insert on mail.message for each row execute function public.no_mail()`.execute(
      database
    )
    await sendReceipts({ database, log })
    const untold = await database
      .selectFrom('applications.submission')
      .select('id')
      .where('tell_at', 'is not', null)
      .execute()
    assert.deepEqual(untold, [{ id: second.id }])
    assert.equal(await sendReceipts({ database, log }), 0, 'not before a while')
  }))
