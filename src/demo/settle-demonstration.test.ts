import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDatabase } from '../../tests/database.ts'
import { createAdministrator } from '#server/people'
import { readConfiguration } from '../configuration.ts'
import { settleDemonstration } from './settle-demonstration.server.ts'

function configuration(environment: Record<string, string>) {
  const read = readConfiguration(environment)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.configuration
}

const asked = configuration({ KOPA_DEMO: 'yes' })
const plain = configuration({})

test('the first start decides, and every later one finds it so', () =>
  withDatabase(async (database) => {
    const first = await settleDemonstration(database, asked, '0.1.0')
    assert.equal(first.demonstration?.version, '0.1.0')
    assert.equal(first.firstStart, true)
    // Broken off before the installation had its row, or after it: it is a demonstration.
    for (const later of [plain, asked]) {
      const { demonstration } = await settleDemonstration(database, later, '0.2.0')
      assert.deepEqual(demonstration, first.demonstration)
    }
  }))

test('whoever made an administrator before the first start gets no demonstration around them', () =>
  withDatabase(async (database) => {
    await createAdministrator({ database }, { email: 'liga.kalnina@example.org', name: 'Līga Kalniņa' }, 'lv')
    await assert.rejects(settleDemonstration(database, asked, '0.1.0'), /begun without the demonstration/)
    assert.equal((await settleDemonstration(database, plain, '0.1.0')).demonstration, undefined)
  }))
