import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import {
  ahead,
  atDesk,
  callOf,
  type DeskAtWork,
  draftCall,
  ok,
  publishedCall
} from '../../../../tests/cast/calls-at-desk.ts'
import { anyCall } from '../filter.ts'
import { jobs } from '../jobs.ts'
import { tellOfCall, tellOfCorrigendum } from '../tell.server.ts'
import { watchesOfPerson } from '../watches-store.server.ts'
import { askToFollow } from './ask-to-follow.ts'
import { beginCorrigendum } from './begin-corrigendum.ts'
import { confirmWatch } from './confirm-watch.ts'
import { followCalls } from './follow-calls.ts'
import { publishCall } from './publish-call.ts'
import { saveCall } from './save-call.ts'
import { sendForReview } from './send-for-review.ts'
import { stopWatch } from './stop-watch.ts'

const mails = async ({ database }: Pick<DeskAtWork, 'database'>) => {
  const rows = await database.selectFrom('mail.message').selectAll().orderBy('queued_at').execute()
  return rows.map(({ kind, recipient, language, subject, content }) => ({
    kind,
    to: recipient,
    language,
    subject,
    content: JSON.stringify(content)
  }))
}

suite('Maria follows a call with her account', () => {
  test('and is told of a corrigendum in her language, Jonas in his', () =>
    atDesk(async (desk) => {
      const { app, database, maria, jonas, petra, zane } = desk
      const code = await publishedCall(desk)
      ok(await followCalls(app, maria, { call: code }))
      ok(await followCalls(app, maria, { call: code }))
      ok(await followCalls(app, jonas, { call: code }))
      ok(
        await beginCorrigendum(app, petra, code, {
          reason: { lv: 'Sistēma nebija pieejama.', en: 'The system was down.' }
        })
      )
      ok(await saveCall(app, petra, code, { revision: 2, change: { deadline: ahead(66) } }))
      ok(await sendForReview(app, petra, code, 3))
      ok(await publishCall(app, zane, code, 3))
      await tellOfCorrigendum(app, (await callOf(database, code)).id, 1)
      const sent = await mails(desk)
      assert.deepEqual(
        sent.map(({ kind, to, language }) => [kind, to, language]),
        [
          ['calls.corrigendum', 'maria.ozola@example.org', 'lv'],
          ['calls.corrigendum', 'jonas.petrauskas@example.org', 'en']
        ]
      )
      assert.match(sent[0]!.content, /Iemesls: Sistēma nebija pieejama\..*Termiņš: .* → /)
      assert.match(sent[1]!.content, /Reason: The system was down\./)
      assert.match(sent[1]!.content, /There is more time/)
      assert.match(sent[1]!.content, /\/api\/v1\/calls\/watches\/[0-9a-f-]{36}\/stop/)
    }))

  test('a draft cannot be followed, and nobody follows without an account', () =>
    atDesk(async (desk) => {
      const { app, maria, nobody } = desk
      const draft = await followCalls(app, maria, { call: await draftCall(desk) })
      assert.ok(isRefused(draft) && draft.refused === 'not-found')
      const anonymous = await followCalls(app, nobody, { call: await publishedCall(desk) })
      assert.ok(isRefused(anonymous) && anonymous.refused === 'sign-in')
    }))
})

suite('a list is followed like a call', () => {
  test('who looks for schools is told of a call for schools, not of one for sport', () =>
    atDesk(async (desk) => {
      const { app, database, maria, ilze } = desk
      ok(await followCalls(app, maria, { list: { ...anyCall, fields: ['school'], states: ['open'] } }))
      ok(await followCalls(app, ilze, { list: { ...anyCall, fields: ['sport'] } }))
      const code = await publishedCall(desk)
      await tellOfCall(app, (await callOf(database, code)).id)
      assert.deepEqual(
        (await mails(desk)).map(({ kind, to }) => [kind, to]),
        [['calls.new-call', 'maria.ozola@example.org']]
      )
    }))

  test('who follows a call and a list is told once', () =>
    atDesk(async (desk) => {
      const { app, database, maria } = desk
      const code = await publishedCall(desk)
      ok(await followCalls(app, maria, { call: code }))
      ok(await followCalls(app, maria, { list: anyCall }))
      await tellOfCall(app, (await callOf(database, code)).id)
      assert.equal((await mails(desk)).length, 1)
    }))
})

suite('an address without an account', () => {
  const asked = { email: 'Kārlis@example.org', language: 'lv' } as const

  test('is told after it was confirmed, and no more once it stopped', () =>
    atDesk(async (desk) => {
      const { app, database } = desk
      const call = await publishedCall(desk)
      const { id } = await callOf(database, call)
      ok(await askToFollow(app, { ...asked, call }))
      await tellOfCall(app, id)
      assert.deepEqual(
        (await mails(desk)).map(({ kind }) => kind),
        ['calls.confirm-watch']
      )
      const { key } = await database.selectFrom('calls.watch').select('key').executeTakeFirstOrThrow()
      ok(await confirmWatch(app, key))
      ok(await confirmWatch(app, key))
      ok(await askToFollow(app, { ...asked, list: anyCall }))
      const confirmed = await database
        .selectFrom('calls.watch')
        .selectAll()
        .where('confirmed_at', 'is not', null)
        .execute()
      assert.equal(confirmed.length, 1)
      await stopWatch(app, key)
      await stopWatch(app, key)
      const gone = await confirmWatch(app, key)
      assert.ok(isRefused(gone) && gone.refused === 'not-found')
    }))

  test('nobody learns whether it follows, and its letter box is not filled', () =>
    atDesk(async (desk) => {
      const { app, database } = desk
      const call = await publishedCall(desk)
      const first = await askToFollow(app, { ...asked, call })
      const again = await askToFollow(app, { ...asked, email: 'kārlis@example.org', call })
      assert.deepEqual(first, again)
      assert.equal((await mails(desk)).length, 1)
      const { key } = await database.selectFrom('calls.watch').select('key').executeTakeFirstOrThrow()
      ok(await confirmWatch(app, key))
      assert.deepEqual(await askToFollow(app, { ...asked, call }), first)
      for (const edition of [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021]) {
        ok(await askToFollow(app, { ...asked, list: { ...anyCall, editions: [edition] } }))
      }
      assert.equal((await mails(desk)).length, 1 + 5)
    }))
})

suite('reminders', () => {
  test('a day before the deadline, once, and again after an extension', () =>
    atDesk(async (desk) => {
      const { app, database, maria } = desk
      const code = await publishedCall(desk)
      ok(await followCalls(app, maria, { call: code }))
      const soon = async (hours: number) => {
        await database
          .updateTable('calls.call')
          .set({ closes_at: app.clock().add({ hours }).toString() })
          .where('code', '=', code)
          .execute()
        await database.updateTable('calls.watch').set({ confirmed_at: '2026-01-01T00:00:00Z' }).execute()
        await jobs['calls.remind']!(app)
        await jobs['calls.remind']!(app)
      }
      await soon(24 * 20)
      assert.equal((await mails(desk)).length, 0)
      await soon(20)
      await soon(24 * 6)
      const sent = await mails(desk)
      assert.deepEqual(
        sent.map(({ subject }) => subject?.split(':')[0]),
        ['Līdz termiņam 1 diena', 'Līdz termiņam 7 dienas']
      )
    }))

  test('what Maria follows goes when she stops', () =>
    atDesk(async (desk) => {
      const { app, database, maria } = desk
      ok(await followCalls(app, maria, { call: await publishedCall(desk) }))
      const [watch] = await watchesOfPerson(database, maria.person)
      await stopWatch(app, watch!.key)
      assert.deepEqual(await watchesOfPerson(database, maria.person), [])
    }))
})
