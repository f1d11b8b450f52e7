import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../../tests/database.ts'
import { maria, recorded } from './audit.fixture.ts'
import { personalData } from './personal-data.ts'

const jonas = '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0002'

test('Maria is shown what she did and what was done about her; what is said of Jonas as well stays his', () =>
  withDatabase(async (database) => {
    await recorded(database)
    await recorded(database, { act: 'directory.advice-booked', by: { person: jonas }, about: [maria, jonas] })
    await recorded(database, { act: 'organisations.changed', about: [] })
    await recorded(database, { by: { person: jonas }, about: [jonas] })
    const { entries } = (await personalData.exports(database, maria)) as {
      entries: { act: string; payload?: object }[]
    }
    assert.deepEqual(
      entries.map(({ act, payload }) => [act, payload !== undefined]),
      [
        ['organisations.registered', true],
        ['directory.advice-booked', false],
        ['organisations.changed', false]
      ]
    )
    await database.transaction().execute((transaction) => personalData.erases(transaction, maria))
    const [stays] = await personalData.stays(database, maria)
    // What she did herself, and that she was erased.
    assert.deepEqual(stays?.args, { count: 2 + 1 })
    const left = await database.selectFrom('audit.entry').select(['payload', 'about']).orderBy('id').execute()
    assert.deepEqual(
      left.map(({ payload }) => payload !== null),
      [false, false, true, true, true]
    )
  }))
