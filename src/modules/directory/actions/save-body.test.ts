import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { showBody } from '../reads.ts'
import { syncShippedBodies } from '../sync-shipped.server.ts'
import { saveBody } from './save-body.ts'

const office = {
  body: 'ge-office',
  revision: '0',
  nameLv: 'Gruzijas valsts “Erasmus+” birojs',
  nameEn: 'National Erasmus+ Office Georgia',
  kinds: 'national-erasmus-office',
  country: 'GE',
  website: 'example.org/neo',
  sourceTitle: 'Letter of the office',
  checked: '2026-11-20'
}

test('Līga adds an office, with where its contact comes from', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    assert.deepEqual(accepted(await saveBody(app, liga, office)), { body: 'ge-office', revision: 1 })
    const shown = await showBody(app, 'ge-office')
    assert.deepEqual(shown?.body.contacts, [
      {
        kind: 'website',
        value: 'https://example.org/neo',
        sources: [{ title: 'Letter of the office' }],
        checked: '2026-11-20'
      }
    ])
    assert.deepEqual(whyNot(await saveBody(app, liga, office)), ['invalid', 'body: directory.edit.id-taken'])
    assert.deepEqual(whyNot(await saveBody(app, liga, { ...office, body: 'desk' })), [
      'invalid',
      'body: directory.edit.no-id'
    ])
  }))

test('The second of two editors is shown what the first changed, and overwrites nothing', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    accepted(await saveBody(app, liga, office))
    accepted(await saveBody(app, liga, { ...office, revision: '1', short: 'NEO GE' }))
    const second = await saveBody(app, liga, { ...office, revision: '1', short: 'Cits' })
    assert.deepEqual(whyNot(second), ['changed'])
    const current = isRefused(second) && (second.current as { revision: number; fields: { short: string } })
    assert.deepEqual(current && [current.revision, current.fields.short], [2, 'NEO GE'])
    assert.equal((await showBody(app, 'ge-office'))?.body.short, 'NEO GE')
    const earlier = await database.selectFrom('directory.earlier').selectAll().execute()
    assert.deepEqual(
      earlier.map(({ id, revision, changed_by }) => [id, revision, changed_by]),
      [['ge-office', 1, liga.person]]
    )
  }))

test('A shipped body that Līga changed is no longer changed by the next version', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    const viaa = {
      body: 'lv-viaa',
      revision: '1',
      nameLv: 'Valsts izglītības attīstības aģentūra',
      nameEn: 'State Education Development Agency',
      short: 'VIAA',
      kinds: ['national-agency'],
      country: 'LV',
      supervisedBy: 'lv-izm',
      website: 'https://www.viaa.gov.lv',
      phone: '+371 60000000',
      sourceUrl: 'https://www.viaa.gov.lv/kontakti'
    }
    accepted(await saveBody(app, liga, viaa))
    const { body } = (await showBody(app, 'lv-viaa'))!
    // The website did not change, so it keeps its source.
    assert.deepEqual(
      body.contacts.map(({ kind, sources }) => [kind, sources]),
      [
        ['website', [{ document: 'viaa-about' }]],
        ['phone', [{ url: 'https://www.viaa.gov.lv/kontakti' }]]
      ]
    )
    assert.equal(body.edited, true)
    assert.deepEqual((await syncShippedBodies(app)).updated, [])
  }))

test('No body stands above itself, and only administrators change bodies', () =>
  withDatabase(async (database) => {
    const { app, liga, petra, maria, nobody } = await atWork(database)
    accepted(await saveBody(app, liga, { ...office, supervisedBy: 'eacea' }))
    const dg = { ...office, body: 'ec-dg-eac', revision: '1', country: '', kinds: 'commission' }
    assert.deepEqual(whyNot(await saveBody(app, liga, { ...dg, supervisedBy: 'ge-office' })), [
      'invalid',
      'supervisedBy: directory.edit.above-itself'
    ])
    for (const somebody of [petra, maria])
      assert.deepEqual(whyNot(await saveBody(app, somebody, office)), ['not-allowed'])
    assert.deepEqual(whyNot(await saveBody(app, nobody, office)), ['sign-in'])
  }))

test('What was typed wrongly is said field by field', () =>
  withDatabase(async (database) => {
    const { app, liga } = await atWork(database)
    const wrong = { ...office, nameLv: ' ', kinds: [], country: 'Latvia', website: 'javascript:alert(1)' }
    assert.deepEqual(whyNot(await saveBody(app, liga, wrong)), [
      'invalid',
      'nameLv: form.missing',
      'kinds: form.missing',
      'country: directory.edit.no-country',
      'website: form.not-a-web-address'
    ])
  }))
