import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { showBody, whoHandles } from '../reads.ts'
import { assignOfficer } from './assign-officer.ts'
import { saveMandate } from './save-mandate.ts'
import { saveUnit } from './save-unit.ts'
import { strikeMandate } from './strike-mandate.ts'

const school = { nameLv: 'Skolu nodaļa', nameEn: 'School unit' }
const given = { body: 'lv-viaa', mandate: '', revision: '0', purpose: 'manages-actions', countries: 'LV' }
const asked = { action: 'small-scale-partnerships', edition: 2026, country: 'LV', field: 'school' } as const

test('The head of VIAA adds a school unit, Līga gives it a mandate, and it answers from then on', () =>
  withDatabase(async (database) => {
    const { app, liga, petra } = await atWork(database)
    const added = { body: 'lv-viaa', unit: '', revision: '0', ...school }
    assert.deepEqual(whyNot(await saveUnit(app, petra, added)), ['not-now', 'directory.officers.only-head'])
    accepted(await assignOfficer(app, liga, { body: 'lv-viaa', officer: petra.acting!.id, head: 'on' }))
    const { unit } = accepted(await saveUnit(app, petra, added))
    assert.deepEqual(whyNot(await saveMandate(app, petra, { ...given, unit, fields: 'school' })), [
      'not-allowed'
    ])
    accepted(await saveMandate(app, liga, { ...given, unit, fields: 'school', from: '2026-11-01' }))
    const [line] = await whoHandles(app, asked)
    assert.deepEqual(
      line?.handlers.map(({ body, unit }) => [body, unit?.en]),
      [['lv-viaa', 'School unit']]
    )
    const [before] = await whoHandles(app, { ...asked, on: '2026-10-31' })
    assert.deepEqual(
      before?.handlers.map(({ unit }) => unit),
      [null]
    )
  }))

test('A mandate that ended still answers for its time, and what it said before is kept', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    const shown = (await showBody(app, 'lv-jspa'))!
    const mandate = shown.mandates.find(({ purpose }) => purpose === 'manages-actions')!
    const ended = {
      ...given,
      body: 'lv-jspa',
      mandate: mandate.id,
      revision: String(mandate.revision),
      fields: 'youth',
      from: '2014-01-01',
      until: '2026-10-31'
    }
    accepted(await saveMandate(app, liga, ended))
    assert.deepEqual(whyNot(await saveMandate(app, liga, ended)), ['changed'])
    const youth = { ...asked, field: 'youth' } as const
    assert.equal((await whoHandles(app, youth))[0]?.missing, 'not-that-day')
    assert.equal((await whoHandles(app, { ...youth, on: '2026-10-31' }))[0]?.handlers[0]?.body, 'lv-jspa')
    const earlier = await database
      .selectFrom('directory.earlier')
      .select(['subject', 'revision'])
      .where('id', '=', mandate.id)
      .execute()
    assert.deepEqual(earlier, [{ subject: 'mandate', revision: 1 }])
  }))

test('A mandate written down by mistake is struck and answers nothing any more', () =>
  withDatabase(async (database) => {
    const { app, liga, petra } = await atWork(database)
    const { mandate } = accepted(await saveMandate(app, liga, { ...given, fields: 'sport', body: 'lv-jspa' }))
    assert.deepEqual(whyNot(await strikeMandate(app, petra, { body: 'lv-jspa', mandate })), ['not-allowed'])
    accepted(await strikeMandate(app, liga, { body: 'lv-jspa', mandate }))
    assert.ok(!(await showBody(app, 'lv-jspa'))!.mandates.some(({ id }) => id === mandate))
    assert.deepEqual(whyNot(await strikeMandate(app, liga, { body: 'lv-jspa', mandate })), ['not-found'])
  }))

test('Days in the wrong order, unknown actions and units of other bodies are refused', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    const { unit } = accepted(
      await saveUnit(app, liga, { body: 'lv-jspa', unit: '', revision: '0', ...school })
    )
    const why = async (more: object) => whyNot(await saveMandate(app, liga, { ...given, ...more }))
    assert.deepEqual(await why({ from: '2026-02-01', until: '2026-01-31' }), [
      'invalid',
      'until: directory.substitute.order'
    ])
    assert.deepEqual(await why({ actions: 'no-such' }), ['invalid', 'actions: form.not-offered'])
    assert.deepEqual(await why({ unit }), ['invalid', 'unit: form.not-offered'])
    assert.deepEqual(await why({ countries: 'LV, Igaunija' }), [
      'invalid',
      'countries: directory.edit.no-country'
    ])
  }))

test('A unit that two edit at once keeps the change of the first', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    const { unit } = accepted(
      await saveUnit(app, liga, { body: 'lv-viaa', unit: '', revision: '0', ...school })
    )
    const edit = (nameLv: string) =>
      saveUnit(app, liga, { body: 'lv-viaa', unit, revision: '1', ...school, nameLv })
    const outcomes = await Promise.all([edit('Pirmā'), edit('Otrā')])
    assert.equal(outcomes.filter((outcome) => 'refused' in outcome).length, 1)
  }))
