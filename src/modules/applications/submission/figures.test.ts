import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type AtTheDeadline, atTheDeadline, closes, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { correctedCall } from '../../../../tests/cast/calls-of-all-kinds.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { stateFacts } from '../actions/state-facts.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { figuresFor } from './figures.server.ts'
import { contentOfApplication } from './reads.ts'
import { paperData } from './paper.server.ts'
import { paperOrderOf } from './paper-order.server.ts'

const shownOf = async ({ app, maria, application }: AtTheDeadline, number: number) =>
  ok(await contentOfApplication(app, maria, application.code, number))

test('title, deadline and sums are those of the acceptance, however late they are computed', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria, call } = consortium
    const { number, deadline } = ok(await handIn(consortium, maria))
    await correctedCall(consortium, call, { title: { lv: 'Cits nosaukums', en: 'Another title' } })
    await closes(database, call, Temporal.Instant.from(deadline).add({ hours: 240 }))
    const shown = await shownOf(consortium, number)
    const figures = await figuresFor(app, shown)
    assert.notEqual(figures.call.lv, 'Cits nosaukums')
    assert.equal(
      figures.closesOn,
      Temporal.Instant.from(deadline).toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
    )
    assert.deepEqual([figures.cost, figures.grant], [120_000_00, 120_000_00])
    assert.deepEqual(
      figures.parts.map(({ line, grant }) => [line, grant]),
      [
        ['manaline', 24_000_00],
        ['workline', 96_000_00]
      ]
    )
    // Each euro names its rule, with where it stands.
    const cited = figures.parts.flatMap(({ rules }) => rules.map((at) => figures.rules[at]!))
    assert.ok(cited.every(({ sources }) => sources.length > 0))
    assert.ok(figures.rules[figures.funding[0]!]!.says!.en.length > 0)
  }))

test('what was computed once stays: nobody changes it, and paper says it', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria } = consortium
    const { number } = ok(await handIn(consortium, maria))
    const shown = await shownOf(consortium, number)
    const figures = await figuresFor(app, shown)
    assert.deepEqual(await figuresFor(app, shown), figures)
    await assert.rejects(
      database
        .updateTable('applications.submitted_content')
        .set({ figures: JSON.stringify({ ...figures, grant: 1 }) })
        .where('submission', '=', shown.submission!.id)
        .execute(),
      /not changed/
    )
    const { summary, lead } = paperData(await paperOrderOf(app, { ...shown, figures }))
    assert.equal(lead, figures.call.lv)
    assert.equal(summary.sums[0]!.value.replace(/\s/gu, ' '), '120 000 EUR')
  }))

test('they are kept before an application is opened again, when its people may say other things of themselves', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, maria, application } = consortium
    const { number } = ok(await handIn(consortium, maria))
    ok(await takeBackApplication(app, maria, application.code))
    const { figures } = await database
      .selectFrom('applications.submitted_content')
      .select('figures')
      .executeTakeFirstOrThrow()
    assert.equal(figures?.grant, 120_000_00)
    const participant = application.participants[0]!.id
    ok(await stateFacts(app, maria, application.code, { participant, given: { nonProfit: 'no' } }))
    assert.deepEqual(await figuresFor(app, await shownOf(consortium, number)), figures)
  }))
