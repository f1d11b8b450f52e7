import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { loadProgrammes } from '../../programmes.server.ts'
import { showAction } from '../../reads.ts'
import { changesSince } from './changes-since.ts'
import { placeText } from '../../place-text.ts'
import { participation } from '../../participation.server.ts'
import { limitText, rateTables } from './rate-tables.ts'
import { tiles } from './tile-map.ts'
import { yearRanges } from './year-ranges.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../../../programmes'))
const held = { programmes }
const partOf = (action: string, edition: number, code: string) =>
  participation(programmes, action, edition)
    .flatMap(({ countries }) => countries)
    .find((country) => country.code === code)?.part

test('an organisation of the United Kingdom could coordinate a strategic partnership in 2019, and may not join a cooperation partnership in 2026', () => {
  assert.equal(partOf('strategic-partnerships', 2019, 'GB'), 'coordinate')
  assert.equal(partOf('cooperation-partnerships', 2026, 'GB'), 'not')
})

test('in cooperation partnerships of 2026 Latvia coordinates, Ukraine takes part, Belarus does not', () => {
  assert.equal(partOf('cooperation-partnerships', 2026, 'LV'), 'coordinate')
  assert.equal(partOf('cooperation-partnerships', 2026, 'UA'), 'take-part')
  assert.equal(partOf('cooperation-partnerships', 2026, 'BY'), 'not')
})

test('a region open in some strands of capacity building only is shown as such', () => {
  assert.equal(partOf('capacity-building-higher-education', 2026, 'AL'), 'in-some-cases')
  assert.equal(partOf('capacity-building-higher-education', 2026, 'US'), 'not')
})

test('every country of the programme and of its neighbours has a tile, and no two share one', () => {
  const near = ['member-states', 'associated-countries', 'region-1', 'region-2', 'region-3']
  for (const { id, countries } of participation(programmes, 'cooperation-partnerships', 2026)) {
    if (!near.includes(id)) continue
    for (const { code } of countries) assert.ok(tiles.has(code), `${code} has no tile`)
  }
  const places = [...tiles.values()].map(({ column, row }) => `${column} ${row}`)
  assert.equal(new Set(places).size, places.length)
})

test('a reader learns what changed from one edition to the next, and nothing where nothing did', () => {
  const edition = (action: string, year: number) => ({
    view: showAction(held, action, year)!,
    countries: participation(programmes, action, year)
  })
  const changes = changesSince(edition('sport-events', 2025), edition('sport-events', 2026))
  assert.equal(changes.since, 2025)
  assert.ok(changes.count > 0)
  for (const { before, now } of changes.changed) assert.notEqual(before.en, now.en)
  const same = edition('knowledge-alliances', 2017)
  assert.equal(changesSince(same, same).count, 0)
})

test('unit costs stand in a table: staff down, groups of countries across', () => {
  const { categories } = showAction(held, 'knowledge-alliances', 2017)!
  const { rates } = categories.find(({ id }) => id === 'implementation-support')!
  const [table, ...others] = rateTables(rates, texts('en'), 'en')
  assert.deepEqual(others, [])
  assert.equal(table!.columns.length, 4)
  assert.equal(table!.rows.length, 4)
  for (const { cells } of table!.rows) assert.equal(Object.keys(cells).length, 4)
})

test('every rate and limit of every edition can be said in both languages', () => {
  for (const [action] of programmes.programme.actions) {
    for (const edition of programmes.editions) {
      const view = showAction(held, action, edition)
      for (const { rates, limits } of view?.categories ?? []) {
        for (const language of ['lv', 'en'] as const) {
          const t = texts(language)
          const said = [
            ...limits.map((limit) => limitText(limit, t, language)),
            ...rateTables(rates, t, language).flatMap(({ per, columns, rows }) => [
              t(`actions.per.${per as 'day'}`),
              ...columns.map(({ label }) => label),
              ...rows.map(({ label }) => label)
            ])
          ]
          // A text that is missing is said as its key.
          for (const text of said) assert.doesNotMatch(text, /actions\./, `${action} ${edition}`)
        }
      }
    }
  }
})

test('places in a guide are written as the language writes them', () => {
  assert.equal(placeText('p. 236, note 238', 'lv'), '236. lpp., 238. piezīme')
  assert.equal(placeText('pp. 325-329', 'lv'), '325–329. lpp.')
  assert.equal(placeText('pp. 325-329', 'en'), 'pp. 325–329')
  assert.equal(placeText('Kas vēl ir jāzina?', 'lv'), 'Kas vēl ir jāzina?')
})

test('editions are told as ranges', () => {
  assert.equal(yearRanges([2026, 2019, 2020, 2022, 2023, 2024]), '2019–2020, 2022–2024, 2026')
})
