import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { correctedCall } from '../../../../tests/cast/calls-of-all-kinds.ts'
import { paperFor } from './one-paper.server.ts'
import { contentOfApplication } from './reads.ts'

const asking = ({ person }: { person: string }, known: string | null = null) => ({ person, known })
const bytesOf = async (paper: Response) => Buffer.from(await paper.arrayBuffer()).toString('latin1')

test('whoever asks for many PDFs at once gets one; others get theirs meanwhile', () =>
  atTheDeadline(async ({ app, application, maria, jonas }) => {
    const shown = ok(await contentOfApplication(app, maria, application.code))
    const asked = await Promise.all([
      ...Array.from({ length: 4 }, () => paperFor(app, asking(maria), shown)),
      paperFor(app, asking(jonas), shown)
    ])
    assert.deepEqual(
      asked.map((one) => (isRefused(one) ? one.refused : 'a PDF')),
      ['a PDF', 'too-often', 'too-often', 'too-often', 'a PDF']
    )
    const again = ok(await paperFor(app, asking(maria), shown))
    assert.match(again.headers.get('content-disposition')!, /-draft\.pdf/)
    assert.equal(again.headers.get('cache-control'), 'private, no-store')
  }))

test('of what was handed in everybody gets the same file, also after the call was corrected', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria, jonas, petra, call } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = ok(await contentOfApplication(app, maria, application.code, number))
    // Both before there is one.
    const papers = await Promise.all(
      [maria, jonas].map(async (who) => ok(await paperFor(app, asking(who), shown)))
    )
    const [hers, his] = await Promise.all(papers.map(bytesOf))
    assert.match(hers!, /^%PDF/)
    assert.ok(hers === his)
    assert.equal(papers[0]!.headers.get('content-type'), 'application/pdf')
    assert.match(papers[0]!.headers.get('content-disposition')!, new RegExp(`${application.code}-1\\.pdf`))

    await correctedCall(consortium, call, { title: { lv: 'Cits nosaukums', en: 'Another title' } })
    const later = ok(await paperFor(app, asking(petra), shown))
    assert.ok((await bytesOf(later)) === hers)
    const held = ok(await paperFor(app, asking(petra, later.headers.get('etag')!), shown))
    assert.equal(held.status, 304)
  }))

test('it is there at once, however much somebody has made meanwhile', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = ok(await contentOfApplication(app, maria, application.code, number))
    ok(await paperFor(app, asking(maria), shown))
    const draft = paperFor(app, asking(maria), { content: shown.content, hash: shown.hash })
    ok(await paperFor(app, asking(maria), shown))
    ok(await draft)
  }))

test('where the kept one is lost, one is made anew', () =>
  atTheDeadline(async (consortium) => {
    const { app, application, maria } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = ok(await contentOfApplication(app, maria, application.code, number))
    ok(await paperFor(app, asking(maria), shown))
    for await (const content of app.files.storage.list()) await app.files.storage.remove(content)
    assert.match(await bytesOf(ok(await paperFor(app, asking(maria), shown))), /^%PDF/)
  }))
