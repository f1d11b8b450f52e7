import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databaseNow } from '#shared/time/index.ts'
import { callerAgain, castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { changeRecord } from '../actions/change-record.ts'
import { appOf, done, registered } from '../organisations.fixture.ts'
import { factsForCheck } from './facts-for-check.server.ts'

test('Ilze’s school moved to Lithuania; whoever asks for yesterday still finds it in Latvia', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const cast = await castOf(database)
    const { organisation } = await registered(database, cast.ilze)
    const ilze = await callerAgain(database, cast.ilze)
    const before = await databaseNow(database)
    const given = { country: 'LT', city: 'Biržai', street: 'Vytauto g. 1', website: '' }
    done(await changeRecord(app, ilze, organisation, { section: 'place', revision: 1, given }))

    const ask = async (asOf?: typeof before) =>
      (await factsForCheck(database, [organisation], '2026-03-05', asOf)).get(organisation)
    const now = await ask()
    assert.equal(now?.country, 'LT')
    assert.deepEqual(await ask(before), { ...now, country: 'LV' })
    assert.deepEqual(await ask(await databaseNow(database)), now)
    // Older than the record: as it first was.
    assert.equal((await ask(before.subtract({ hours: 24 })))?.country, 'LV')
  }))
