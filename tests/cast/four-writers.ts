/** Four who write apart: what they do, drawn at random, and that it ends well. */
import assert from 'node:assert/strict'
import { fc } from '../drawn-cases.ts'
import type { Delta } from '../../src/modules/applications/writing/delta.ts'
import type { aBrowser } from '../../src/modules/applications/writing/browsers.fixture.ts'

export type Act = { who: number; what: What; where: number; much: number; piece: string }
type What = (typeof doings)[number]

const doings = [
  ...(['type', 'type', 'type', 'type-there', 'type-there', 'paste', 'cut', 'replace'] as const),
  ...(['pass', 'pass', 'cross', 'cross', 'hear', 'hear-again', 'die', 'deliver'] as const),
  ...(['down', 'answers-lost', 'twice', 'late', 'up', 'up', 'up'] as const)
]

// What breaks texts: pairs of units and halves of them, flags, line ends of Word, signs that go, words that are alike.
const pieces = [
  ...['a', 'a', ' ', 'skola', 'skola ', 'ā', 'ķ', '😀', '🏫', '🇱', '🇻', '\ud83d', '\ude00'],
  ...['\n', '\r\n', '\u000b', '\u200b', '\u00ad', '\u202e', '\u0000', '\uf0b7 ', '\u00a0']
]
// What becomes one letter with its neighbours: accents, families.
const joining = ['a\u0304', '\u0304', '\u0301', '👩‍🏫', '\u200d', '\u200d🏫', '\ufe0f', '🏽']

/** What four do, in any order, with pieces that join their neighbours or without. */
export const actsOf = (most: number, from: 'joining' | 'apart'): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.record({
      who: fc.nat(3),
      what: fc.constantFrom(...doings),
      where: fc.nat(500),
      much: fc.nat(6),
      piece: fc
        .array(fc.constantFrom(...pieces, ...(from === 'joining' ? joining : [])), { maxLength: 4 })
        .map((parts) => parts.join(''))
    }),
    { maxLength: most }
  )

type Browser = ReturnType<typeof aBrowser>

export type Place = {
  browser: (name: string) => Promise<Browser>
  standing: () => Promise<{ version: number; text: string }>
  change: (version: number) => Promise<{ version: number; delta: Delta }>
}

/** Does it all, ends every trouble, and sees that each browser shows what stands, saved. @returns the words typed */
export async function writeApart(acts: readonly Act[], place: Place): Promise<{ words: Word[] }> {
  const words: Word[] = []
  const browsers = await Promise.all([0, 1, 2, 3].map((who) => place.browser(`w${who}`)))
  let opened = browsers.length
  for (const { who, what, where, much, piece } of acts) {
    const browser = browsers[who]!
    const { text } = browser.field
    // Many at one place: what two insert there side by side is the hardest.
    const at = what === 'type-there' ? Math.min(3, text.length) : where % (text.length + 1)
    const goes = what === 'cut' || what === 'replace' ? Math.min(much, text.length - at) : 0
    if (
      what === 'type' ||
      what === 'type-there' ||
      what === 'replace' ||
      what === 'paste' ||
      what === 'cut'
    ) {
      const word = what === 'cut' || what === 'paste' ? '' : wordNumber(words)
      for (const sign of text.slice(at, at + goes))
        for (const one of words) if (one.word === sign) one.cut = true
      const typed = what === 'cut' ? '' : piece + word
      browser.field.type(text.slice(0, at) + typed + text.slice(at + goes))
    } else if (what === 'pass') await browser.pass(where * 10)
    else if (what === 'cross') {
      // What others did comes while one's own is on its way.
      browser.field.retry()
      await hear(browser, 0)
    } else if (what === 'deliver') await browser.deliver()
    else if (what === 'hear' || what === 'hear-again')
      await hear(browser, what === 'hear-again' ? -1 : where % 3 === 0 ? 1 : 0)
    else if (what === 'die') browsers[who] = await reopened(browser, `w${who}-${opened++}`)
    else browser.line = what
  }
  for (const browser of browsers) {
    browser.line = 'up'
    browser.field.retry()
    await browser.pass(120_000)
    await browser.deliver()
  }
  const { version, text } = await place.standing()
  for (const browser of browsers) {
    if (version > 0) browser.field.hear(await place.change(version))
    await browser.pass(10)
    assert.equal(browser.field.text, text)
    assert.equal(browser.field.state, 'saved')
    assert.equal(browser.kept, undefined)
  }
  return { words }

  /** The next change, or one further on, or one that was heard already. */
  async function hear(browser: Browser, more: number): Promise<void> {
    const { version: newest } = await place.standing()
    const next = Math.max(1, browser.field.version + 1 + more)
    if (browser.line === 'up' && next <= newest) browser.field.hear(await place.change(next))
  }

  /** A browser that died, opened again: it takes up what it kept. */
  async function reopened(dead: Browser, name: string): Promise<Browser> {
    const kept = dead.die()
    const again = await place.browser(name)
    if (kept) {
      const taken = again.field.takeUp(kept, () => {})
      await again.pass(10)
      assert.equal(await taken, 'saved')
    }
    // What the network held back of the one that died may still come.
    await dead.deliver()
    return again
  }
}

export type Word = { word: string; cut: boolean }

/** A word of its own between the others: a letter that occurs once. */
function wordNumber(words: Word[]): string {
  const word = String.fromCodePoint(0x4e00 + words.length) // not of a guide: a letter
  words.push({ word, cut: false })
  return word
}
