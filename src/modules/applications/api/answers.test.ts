import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Caller } from '#shared/identity/index.ts'
import { fc } from '../../../../tests/drawn-cases.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { answersOf } from '../answers-store.server.ts'
import { storeAttempts } from '../submission/attempts.server.ts'
import { writerHeader } from '../writing/wire.ts'
import { answersApi } from './answers.ts'

/** Asks the API as somebody, as the browser of their session does. */
function asking({ app, application }: Pick<Consortium, 'app' | 'application'>) {
  let seconds = 0
  const patient = { ...app, clock: () => app.clock().add({ seconds: (seconds += 10) }) }
  return async (
    caller: Caller,
    path: string,
    save: string | object,
    headers: Record<string, string> = {}
  ) => {
    const api = new Hono<{ Variables: { caller: Caller } }>()
      .use('*', async (c, next) => (c.set('caller', caller), next()))
      .route('/', answersApi(patient))
    const body = typeof save === 'string' ? save : JSON.stringify(save)
    const address = `/applications/${application.code}/answers/${path}`
    const answer = await api.request(address, { method: 'PUT', headers, body })
    return { status: answer.status, body: (await answer.json()) as Record<string, any> }
  }
}

const path = 'project.summary'

suite('a save that a browser sends', () => {
  test('Maria’s window never saves her words for Jonas, who signed in at the same browser meanwhile', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      const put = asking({ app, application })
      const own = `profile@${application.participants[1]!.id}.background`
      const save = { base: 0, text: 'Marijas vārdi.' }
      // Jonas may write there: only the window's own word says that it is not he who typed it.
      const foreign = await put(jonas, own, save, { [writerHeader]: maria.person })
      assert.deepEqual([foreign.status, foreign.body.reason], [401, 'sign-in'])
      assert.equal((await answersOf(database, application.id)).size, 0)
      assert.equal((await put(jonas, own, save, { [writerHeader]: jonas.person })).status, 200)
      const machine = await put(jonas, own, { base: 1, text: 'Mašīnas vārdi.' })
      assert.equal(machine.status, 200)
    }))

  test('whatever JSON comes, it is kept or refused in words, and never an accident', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const put = asking({ app, application })
      const nasty = fc.string({
        unit: fc.constantFrom('\u0000', '\ud83d', '\ude00', '\u202e', 'ā', '"', '\\', '\u{e0001}', '\uffff'),
        maxLength: 8
      })
      const rows = fc.array(fc.record({ risk: nasty, likely: nasty, response: nasty }), { maxLength: 3 })
      const delta = fc.array(fc.tuple(fc.nat(12), fc.nat(3), nasty), { maxLength: 3 })
      const base = fc.nat(3)
      const save = fc.oneof(
        fc.tuple(fc.constant('design.risks'), fc.record({ base, value: fc.oneof(rows, fc.jsonValue()) })),
        fc.tuple(fc.constant(path), fc.record({ base, text: nasty })),
        fc.tuple(fc.constant(path), fc.record({ base, delta })),
        fc.tuple(
          nasty.map((text) => `x${encodeURIComponentOf(text)}`),
          fc.record({ base, text: nasty })
        )
      )
      const kept = new Set<string>()
      await fc.assert(
        fc.asyncProperty(save, async ([where, given]) => {
          const { status, body } = await put(maria, where, given)
          if (status === 200) kept.add(where)
          else
            assert.ok([404, 409, 422].includes(status) && body.detail, `${status} ${JSON.stringify(given)}`)
        }),
        { numRuns: 200 }
      )
      assert.ok(kept.has(path))
      for (const { text, value } of (await answersOf(database, application.id)).values())
        assert.ok(JSON.stringify([text, value]).isWellFormed())
    }))

  test('what is no JSON, has no end or is about nothing is refused, with a word in both languages', () =>
    withConsortium(async ({ app, application, maria }) => {
      const put = asking({ app, application })
      for (const body of ['', '{"base":0,"text":', '[]', 'null', '{"base":-1,"text":"x"}', '{"base":0}']) {
        const refusal = await put(maria, path, body)
        assert.equal(refusal.status, 422)
        assert.match(refusal.body.problems[0].message.lv, /\S/)
      }
      const deep = `{"base":0,"value":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
      assert.equal((await put(maria, 'design.risks', deep)).status, 422)
    }))

  test('a full disk: said in words, nothing half-kept, noted for the officer, and kept once there is room', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const put = asking({ app, application })
      assert.equal((await put(maria, path, { base: 0, text: 'Sākums.' })).status, 200)
      const before = await answersOf(database, application.id)
      await sql`create function public.full_disk() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(database)
      await sql`create trigger full_disk before insert on applications.answer_version for each row
        execute function public.full_disk()`.execute(database)
      const save = { base: 1, text: 'Sākums un turpinājums.', save: crypto.randomUUID() }
      const failed = await put(maria, path, save)
      assert.deepEqual([failed.status, failed.body.reason], [503, 'failed'])
      assert.match(failed.body.problems[0].message.lv, /mūsu vaina.*paliek šeit/)
      assert.match(failed.body.problems[0].message.en, /ours to mend.*still here/)
      assert.deepEqual(await answersOf(database, application.id), before)
      await storeAttempts(app)
      const attempts = await database.selectFrom('applications.attempt').selectAll().execute()
      assert.deepEqual(
        attempts.map(({ what, outcome, made_by }) => [what, outcome, made_by]),
        [['save', 'failed', maria.person]]
      )
      await sql`drop trigger full_disk on applications.answer_version`.execute(database)
      assert.deepEqual((await put(maria, path, save)).body.version, 2)
    }))
})

function encodeURIComponentOf(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
