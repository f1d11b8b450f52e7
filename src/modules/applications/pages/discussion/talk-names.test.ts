import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TalkAct, readTalkAct, writeTalkAct } from './talk-names.ts'

test('a button of a talk says what it does, about which part', () => {
  const comment = '4b0d1f2e-0000-4000-8000-000000000001'
  const acts: TalkAct[] = [
    { act: 'say', path: 'project.summary' },
    { act: 'answer', path: `profile@${comment}.k3j9x2ab.title`, comment },
    { act: 'settle', path: 'relevance', comment }
  ]
  for (const act of acts) assert.deepEqual(readTalkAct(writeTalkAct(act)), act)
  for (const odd of ['', 'say', 'settle::project.summary', 'burn:1:project.summary'])
    assert.equal(readTalkAct(odd), undefined)
})
