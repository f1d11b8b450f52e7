import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { aBrowser, aServer } from './browsers.fixture.ts'
import { type Act, actsOf, writeApart } from '../../../../tests/cast/four-writers.ts'
import { tidied } from './typed-text.ts'

/** Four write with a network that loses, holds back and doubles what they send, and browsers that die. */
async function together(acts: readonly Act[]) {
  const server = aServer()
  const { words } = await writeApart(acts, {
    browser: async (name) => aBrowser(server, name, { version: server.version, text: server.text }),
    standing: async () => ({ version: server.version, text: server.text }),
    change: async (version) => server.change(version)
  })
  assert.equal(server.text, tidied(server.text))
  return words.map(({ word, cut }) => ({
    ...{ word, cut, text: server.text },
    times: server.text.split(word).length - 1
  }))
}

test('four who type whatever there is end with one text that has every word, and each once', async () => {
  await fc.assert(
    fc.asyncProperty(actsOf(100, 'apart'), async (acts) => {
      for (const { word, cut, text, times } of await together(acts))
        assert.ok(cut ? times <= 1 : times === 1, `${word} stands ${times} times in ${text}`)
    }),
    { numRuns: 400 }
  )
})

test('two who put accents on one letter at the same moment may both have theirs; no word goes', async () => {
  await fc.assert(
    fc.asyncProperty(actsOf(100, 'joining'), async (acts) => {
      for (const { word, cut, text, times } of await together(acts))
        assert.ok(cut || times >= 1, `${word} is not in ${text}`)
    }),
    { numRuns: 400 }
  )
})
