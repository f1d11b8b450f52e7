import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import type { App } from '../../../app.ts'
import type { Caller, SignedIn } from '#shared/identity/index.ts'
import { type AtTheDeadline, atTheDeadline, closes, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { submittedFile } from '../pages/call-desk/submitted-file.server.ts'
import { figuresFile, paperFile } from '../pages/receipt/receipt.server.ts'
import { submissionApi } from './submission.ts'

test('Maria’s page, a program and the officer’s desk hand out the same file; who has it need not load it again', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, call, maria, jonas, petra, elena } = consortium
    const { number } = ok(await handIn(consortium, maria))
    await closes(database, call, Temporal.Now.instant().subtract({ hours: 1 }))
    const onPage = await paperFile({
      ...asked(app, maria, `?number=${number}`),
      params: { application: application.code }
    })
    const atDesk = await submittedFile({ ...asked(app, petra), params: { call, number: String(number) } })
    const path = `/applications/${application.code}/paper?number=${number}`
    const byProgram = await apiFor(app, jonas).request(path)
    const [first, ...others] = await Promise.all(
      [onPage, atDesk, byProgram].map(async (one) => Buffer.from(await one.arrayBuffer()))
    )
    assert.equal(first!.toString('latin1', 0, 5), '%PDF-')
    for (const other of others) assert.ok(other.equals(first!))

    const held = { headers: { 'if-none-match': byProgram.headers.get('etag')! } }
    assert.equal((await apiFor(app, jonas).request(path, held)).status, 304)
    assert.equal((await apiFor(app, elena).request(path, held)).status, 404)
  }))

test('figures, and the paper without names, go to whoever may read the application, and to nobody else', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, call, maria, jonas, petra, elena } = consortium
    const { number, sha256 } = ok(await handIn(consortium, maria))
    const own = `/applications/${application.code}`
    const desk = `/applications/desk/${call}/${number}`
    assert.equal((await apiFor(app, petra).request(`${desk}/figures`)).status, 409)
    await closes(database, call, Temporal.Now.instant().subtract({ hours: 1 }))
    const byProgram = await apiFor(app, jonas).request(`${own}/figures?number=${number}`)
    const figures = (await byProgram.json()) as Record<string, unknown>
    assert.deepEqual([figures['sha256'], figures['number'], figures['grant']], [sha256, number, 120_000_00])
    const atDesk = await apiFor(app, petra).request(`${desk}/figures`)
    assert.deepEqual(await atDesk.json(), figures)
    const onPage = await figuresFile({
      ...asked(app, maria, `?number=${number}`),
      params: { application: application.code }
    })
    assert.deepEqual(await onPage.json(), figures)
    for (const [who, path] of [
      [jonas, `${own}/paper?number=${number}&anonymous=1`],
      [petra, `${desk}/paper?anonymous=1`]
    ] as const) {
      const paper = await apiFor(app, who).request(path)
      assert.match(paper.headers.get('content-disposition')!, /-anonymous\.pdf"/)
      assert.ok([403, 404].includes((await apiFor(app, elena).request(path)).status))
    }
    assert.equal((await apiFor(app, elena).request(`${own}/figures`)).status, 404)
  }))

/** A program of somebody's. */
function apiFor(app: AtTheDeadline['app'], caller: Caller) {
  const api = new Hono<{ Variables: { caller: Caller } }>()
  api.use(async (c, next) => {
    c.set('caller', caller)
    await next()
  })
  return api.route('/', submissionApi(app))
}

function asked(app: AtTheDeadline['app'], caller: SignedIn, query = '') {
  const url = new URL(`http://localhost/${query}`)
  const locals = { app: app as unknown as App, language: 'lv' as const, caller }
  return { locals, url, request: new Request(url) }
}
