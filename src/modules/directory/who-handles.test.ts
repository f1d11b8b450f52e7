import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Handling } from '#modules/programmes'
import { withDatabase } from '../../../tests/database.ts'
import { directoryIn } from '../../../tests/cast/bodies-at-work.ts'
import { bodiesFor, bodyNames, whoHandles } from './reads.ts'

const said = (lines: Handling[]) =>
  lines.map(({ fields, managedBy, handlers, missing, onlyEuropeanNgo }) =>
    [
      [...fields].sort().join(' '),
      managedBy,
      onlyEuropeanNgo ? 'NGO' : '',
      handlers.map(({ body }) => body).join() || missing
    ].join(' · ')
  )

test('In Latvia cooperation partnerships are handled by VIAA, by JSPA for youth, and in sport by EACEA', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const lines = await whoHandles(app, { action: 'cooperation-partnerships', edition: 2026, country: 'LV' })
    assert.deepEqual(said(lines), [
      'adult higher-education school vet · national-agency ·  · lv-viaa',
      'youth · national-agency ·  · lv-jspa',
      'sport · executive-agency ·  · eacea',
      'adult higher-education school vet youth · executive-agency · NGO · eacea'
    ])
    assert.equal(lines[0]!.handlers[0]!.website, 'https://www.viaa.gov.lv')
  }))

test('Knowledge alliances of 2014 were centralised: EACEA, whatever the country', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const question = { action: 'knowledge-alliances', edition: 2014 }
    assert.deepEqual(said(await whoHandles(app, question)), [
      'higher-education · executive-agency ·  · eacea'
    ])
  }))

test('A country whose agency is not on record is told so, and the rest still answered', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const question = { action: 'small-scale-partnerships', edition: 2026 }
    assert.deepEqual(said(await whoHandles(app, { ...question, country: 'FI' })), [
      'adult school vet youth · national-agency ·  · nobody',
      'sport · executive-agency ·  · eacea'
    ])
    assert.deepEqual(said(await whoHandles(app, { ...question, field: 'school' })), [
      'school · national-agency ·  · country'
    ])
  }))

test('Before the programme began nobody had the mandate', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const lines = await whoHandles(app, {
      action: 'strategic-partnerships',
      edition: 2014,
      country: 'LV',
      field: 'school',
      on: '2013-12-31'
    })
    assert.deepEqual(said(lines), ['school · national-agency ·  · not-that-day'])
  }))

test('An action that did not exist in an edition is handled by nobody', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    assert.deepEqual(await whoHandles(app, { action: 'knowledge-alliances', edition: 2026 }), [])
  }))

test('The agencies of Latvia are known by their short names', () =>
  withDatabase(async (database) => {
    const app = await directoryIn(database)
    const ids = await bodiesFor(app, 'LV', 'national-agency')
    assert.deepEqual(ids, ['lv-jspa', 'lv-viaa'])
    assert.deepEqual([...(await bodyNames(database, [...ids, 'unknown'], 'lv')).values()], ['JSPA', 'VIAA'])
    assert.ok((await bodiesFor(app, 'LV')).indexOf('eacea') > (await bodiesFor(app, 'LV')).indexOf('lv-aic'))
  }))
