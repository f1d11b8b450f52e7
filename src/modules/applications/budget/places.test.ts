import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { listPlaces, loadProgrammes } from '#server/programmes'
import { fc } from '../../../../tests/drawn-cases.ts'
import { kilometres } from './distance.ts'
import { kilometresBetween } from './places.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../../programmes'))
const places = listPlaces({ programmes })

test('distances between towns are those an atlas gives, to a few kilometres', () => {
  const known = [
    ['Rīga', 'Tallinn', 279],
    ['Rīga, LV', 'Vilnius, LT', 262],
    ['riga', 'berlin', 845],
    ['Rīga', 'Lisboa', 3145],
    ['Rīga', 'New York', 6790]
  ] as const
  for (const [from, to, km] of known) {
    const found = kilometresBetween(places, from, to)!
    assert.ok(Math.abs(found - km) < km / 100 + 3, `${from} – ${to}: ${found}`)
  }
})

test('a place that nobody knows has no distance, coordinates do', () => {
  assert.equal(kilometresBetween(places, 'Rīga', 'Nekurzeme'), undefined)
  assert.equal(kilometresBetween(places, 'Rīga', ''), undefined)
  assert.equal(kilometresBetween(places, '56.95 24.11', '56.95, 24.11'), 0)
  assert.equal(kilometresBetween(places, '99 24', 'Rīga'), undefined)
})

test('it is as far there as back, and never farther than half around the earth', () => {
  const place = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true })
  })
  fc.assert(
    fc.property(place, place, (from, to) => {
      assert.equal(kilometres(from, to), kilometres(to, from))
      assert.ok(kilometres(from, to) >= 0 && kilometres(from, to) <= 20_016)
    })
  )
})

test('no town stands twice in the list', () => {
  assert.equal(new Set(places.map(({ name, country }) => `${country} ${name}`)).size, places.length)
})
