import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { knowledgeOf } from './knowledge.server.ts'
import { readProgramme } from './programme.server.ts'

const programme = readProgramme(join(import.meta.dirname, '../../../programmes'), 'erasmus-plus')
const knowledge = knowledgeOf(programme)

test('Maria’s browser learns the names of the programme without its rules', () => {
  assert.ok(knowledge.countries?.includes('LV') && knowledge.countries.includes('NO'))
  assert.deepEqual(
    knowledge.actions.find(({ id }) => id === 'knowledge-alliances')?.editions,
    [2014, 2015, 2016, 2017, 2018, 2019, 2020]
  )
  assert.ok(JSON.stringify(knowledge).length < 60_000)
})
