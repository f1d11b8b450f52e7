import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Consortium } from '#shared/rules/consortium.ts'
import { said } from './known-programme.fixture.ts'
import { knowledgeOf } from './knowledge.server.ts'
import { readProgramme } from './programme.server.ts'
import { readConsortium } from './read-consortium.ts'
import { consortiumFile } from './write-consortium.ts'

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

test('every worked example is a consortium that anybody may hand in', () => {
  for (const [action, { examples }] of programme.actions) {
    for (const example of examples.examples) {
      const consortium = example.consortium as Consortium
      const file = consortiumFile({ action, edition: example.edition, consortium })
      const { request, problems } = readConsortium(file, knowledge)
      assert.deepEqual(said(problems), [], `${action}: ${example.case}`)
      assert.equal(request?.consortium.partners.length, consortium.partners.length)
    }
  }
})
