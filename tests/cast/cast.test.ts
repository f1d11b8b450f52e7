import assert from 'node:assert/strict'
import { test } from 'node:test'
import { may } from '#shared/identity/index.ts'
import { withDatabase } from '../database.ts'
import { castOf } from './cast.ts'

test('each of the cast may do what their role allows, and nobody may nothing', () =>
  withDatabase(async (database) => {
    const cast = await castOf(database)
    const { maria, jonas, ana, petra, liga, ilze, places } = cast
    const hers = { organisation: places.mariasSchool }
    assert.ok(may(maria, ['representative'], hers))
    assert.ok(!may(jonas, ['member'], hers))
    assert.ok(may(jonas, ['member'], { organisation: places.jonasSchool }))
    assert.ok(may(ana, ['expert']))
    assert.ok(may(petra, ['officer'], { body: places.body }))
    assert.ok(may(liga, ['administrator']))
    assert.ok(may(ilze, ['person']) && !may(ilze, ['expert']))
    assert.ok(!may(cast.nobody, ['person']) && may(cast.nobody, 'public'))
  }))
