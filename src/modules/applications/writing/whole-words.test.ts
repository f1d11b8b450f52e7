import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aLedger, startingText, wordEdit } from '../../../../tests/cast/word-writers.ts'
import { aBrowser, aServer } from './browsers.fixture.ts'
import { type KeptDelta, keptDelta, mergeText } from './merge.ts'

const runs = 600 // not of a guide: texts

test('of many who send whole texts, each made of an earlier one, every word stands whole', () => {
  const act = fc.record({
    who: fc.nat(3),
    does: fc.constantFrom('edit', 'edit', 'send', 'read'),
    edit: wordEdit
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const ledger = aLedger()
      const versions: KeptDelta[] = []
      let standing = startingText
      const writers = Array.from({ length: 4 }, () => ({ base: 0, text: startingText, dirty: false }))
      const send = (writer: (typeof writers)[number]) => {
        const merged = mergeText(standing, versions.slice(writer.base), writer.text)
        versions.push(keptDelta(standing, merged.delta))
        standing = merged.text
        Object.assign(writer, { base: versions.length, text: standing, dirty: false })
      }
      for (const { who, does, edit } of acts) {
        const writer = writers[who]!
        if (does === 'edit') Object.assign(writer, { text: ledger.edited(writer.text, edit), dirty: true })
        else if (does === 'send') send(writer)
        else if (!writer.dirty) Object.assign(writer, { base: versions.length, text: standing })
      }
      for (const writer of writers) send(writer)
      ledger.assertWhole(standing)
    }),
    { numRuns: runs }
  )
})

test('of many who type, some of them offline or in a browser that dies, every word stands whole', async () => {
  const act = fc.record({
    who: fc.nat(3),
    does: fc.constantFrom(
      ...(['edit', 'edit', 'edit', 'edit', 'pass', 'pass', 'hear', 'hear', 'cross'] as const),
      ...(['down', 'answers-lost', 'late', 'up', 'up', 'die'] as const)
    ),
    edit: wordEdit
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const ledger = aLedger()
      const server = aServer(startingText)
      const open = (name: string) => aBrowser(server, name, { version: server.version, text: server.text })
      const browsers = [0, 1, 2, 3].map((who) => open(`w${who}`))
      for (const [place, { who, does, edit }] of acts.entries()) {
        const browser = browsers[who]!
        if (does === 'edit') browser.field.type(ledger.edited(browser.field.text, edit))
        else if (does === 'pass') await browser.pass(edit.where * 20)
        else if (does === 'cross') browser.field.retry()
        else if (does === 'hear') {
          if (browser.line === 'up' && browser.field.version < server.version)
            browser.field.hear(server.change(browser.field.version + 1))
        } else if (does === 'die') {
          const kept = browser.die()
          const again = (browsers[who] = open(`w${who}-${place}`))
          if (kept) {
            const taken = again.field.takeUp(kept, () => {})
            await again.pass(10)
            assert.equal(await taken, 'saved')
          }
          await browser.deliver()
        } else browser.line = does
      }
      for (const browser of browsers) {
        browser.line = 'up'
        browser.field.retry()
        await browser.pass(120_000)
        await browser.deliver()
      }
      for (const browser of browsers) {
        if (server.version > 0) browser.field.hear(server.change(server.version))
        await browser.pass(10)
        assert.equal(browser.field.text, server.text)
      }
      ledger.assertWhole(server.text)
    }),
    { numRuns: runs }
  )
})
