import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../../tests/assert-quick.ts'
import { type Delta, apply, compose, invert, isDelta, moved, reach, transform } from './delta.ts'
import { between } from './difference.ts'

const letters = fc.constantFrom('a', 'b', 'ā', 'š', ' ', '\n', '👩‍🏫', '🇱🇻')
const someText = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(''))

/** A change of a text: some places, from where some units go and where something comes. */
function changeOf(text: string): fc.Arbitrary<Delta> {
  const place = fc.tuple(fc.nat(text.length), fc.nat(6), fc.array(letters, { maxLength: 4 }))
  return fc.array(place, { maxLength: 5 }).map((places) => {
    let read = -1
    const splices: [number, number, string][] = []
    for (const [at, remove, insert] of places.sort(([one], [other]) => one - other)) {
      const goes = Math.min(remove, text.length - at)
      if (at <= read || (goes === 0 && insert.length === 0)) continue
      splices.push([at, goes, insert.join('')])
      read = at + goes
    }
    return splices
  })
}

const textAndTwo = someText.chain((text) => fc.tuple(fc.constant(text), changeOf(text), changeOf(text)))

test('Two who change the same text at the same time see the same text afterwards', () => {
  fc.assert(
    fc.property(textAndTwo, ([text, mine, theirs]) => {
      const here = apply(apply(text, mine), transform(theirs, mine, 'first'))
      const there = apply(apply(text, theirs), transform(mine, theirs, 'second'))
      assert.equal(here, there)
      assert.ok(isDelta(transform(mine, theirs, 'second')))
    }),
    { numRuns: 3000 }
  )
})

test('Two changes after each other are one change', () => {
  const following = someText.chain((text) =>
    changeOf(text).chain((first) =>
      fc.tuple(fc.constant(text), fc.constant(first), changeOf(apply(text, first)))
    )
  )
  fc.assert(
    fc.property(following, ([text, first, second]) => {
      const together = compose(first, second)
      assert.ok(isDelta(together))
      assert.equal(apply(text, together), apply(apply(text, first), second))
    }),
    { numRuns: 3000 }
  )
})

test('A change can be taken back', () => {
  fc.assert(
    fc.property(textAndTwo, ([text, change]) => {
      assert.equal(apply(apply(text, change), invert(text, change)), text)
      assert.ok(reach(change) <= text.length)
    })
  )
})

test('The difference of two texts leads from one to the other', () => {
  fc.assert(
    fc.property(someText, someText, (before, after) => {
      const difference = between(before, after)
      assert.equal(apply(before, difference), after)
      assert.ok(isDelta(difference))
    }),
    { numRuns: 3000 }
  )
})

test('What one inserted stays, though the other took away everything around it', () => {
  const text = 'Mēs rakstām kopā.'
  const all: Delta = [[0, text.length, '']]
  const word: Delta = [[12, 0, 'vienu projektu ']]
  assert.equal(apply(apply(text, all), transform(word, all, 'second')), 'vienu projektu ')
  assert.equal(apply(apply(text, word), transform(all, word, 'first')), 'vienu projektu ')
})

test('A difference is as small as what was changed', () => {
  assert.deepEqual(between('viens divi trīs', 'viens 2 trīs'), [[6, 4, '2']])
  assert.deepEqual(between('skola', 'skolas'), [[5, 0, 's']])
  assert.deepEqual(between('viens bērnus trīs', 'viens bērniem trīs'), [[6, 6, 'bērniem']])
  assert.deepEqual(between('Pirmais teksts.', 'Cits teikums.'), [[0, 14, 'Cits teikums']])
  assert.deepEqual(between('viens divi trīs četri', 'viens trīs četri pieci'), [
    [6, 5, ''],
    [21, 0, ' pieci']
  ])
  const page = Array.from({ length: 200 }, (_, at) => `Rindkopa ${at} par mūsu projektu un partneriem.\n`)
  const edited = page.with(20, 'Pavisam cita rindkopa.\n').with(150, 'Un vēl viena.\n')
  const difference = between(page.join(''), edited.join(''))
  assert.equal(apply(page.join(''), difference), edited.join(''))
  assert.ok(difference.reduce((sum, [, remove]) => sum + remove, 0) < 120)
})

test('A text that was rewritten from end to end is compared in no time', () => {
  const words = (seed: number) =>
    Array.from({ length: 30_000 }, (_, at) => `v${(at * seed) % 7919}`).join(' ') // not of a guide: a long text
  const [before, after] = [words(31), words(57)]
  assertQuick(1500, () => assert.equal(apply(before, between(before, after)), after))
})

test('What comes or goes between words that are alike is a whole word', () => {
  assert.deepEqual(between('vai viens', 'vai vai viens'), [[0, 0, 'vai ']])
  assert.deepEqual(between('w1.2; w1.3; w1.4;', 'w1.2; w1.4;'), [[6, 6, '']])
  assert.deepEqual(between('Skola lasa. Skola raksta.', 'Skola raksta.'), [[0, 12, '']])
  // Maria takes a word away, Jonas writes in front of the next one: neither is torn.
  const text = 'Skolas lasa. Skolas raksta.'
  const hers = between(text, 'Skolas raksta.')
  const his: Delta = [[13, 0, 'Visas ']]
  assert.equal(apply(apply(text, hers), transform(his, hers, 'second')), 'Visas Skolas raksta.')
})

test('No letter is cut in two', () => {
  assert.deepEqual(between('👩‍🏫', '👩‍🔬'), [[0, 5, '👩‍🔬']])
  assert.deepEqual(between('e', 'e\u0301'), [[0, 1, 'e\u0301']])
  assert.deepEqual(between('😀', '😁'), [[0, 2, '😁']])
})

test('A cursor stays with the letters it stood beside', () => {
  const change: Delta = [
    [2, 0, 'xx'],
    [5, 3, 'y']
  ]
  assert.equal(moved(1, change), 1)
  assert.equal(moved(2, change), 2)
  assert.equal(moved(2, change, 'after'), 4)
  assert.equal(moved(4, change), 6)
  assert.equal(moved(6, change), 8)
  assert.equal(moved(9, change), 9)
})

test('What is no delta is recognised', () => {
  for (const wrong of [null, {}, [[1, 0, '']], [[-1, 0, 'a']], [[0.5, 0, 'a']], [[0, 1, 'a', 2]], ['a']])
    assert.equal(isDelta(wrong), false)
  assert.equal(isDelta([[0, 1, ''], [1, 0, 'a']]), false) // prettier-ignore
  assert.equal(isDelta([]), true)
})

test('Three who write for a while, together and apart, end with one text that has every word', () => {
  const acts = fc.array(
    fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('type', 'type', 'type', 'cut', 'send', 'hear'),
      where: fc.nat(1000),
      much: fc.nat(5)
    }),
    { maxLength: 120 }
  )
  fc.assert(fc.property(acts, writeTogether), { numRuns: 500 })
})

type Act = { who: number; what: string; where: number; much: number }

/** A server that orders changes, and three who type, cut, send and hear when they like: offline is to do neither. */
function writeTogether(acts: readonly Act[]): void {
  const log: Delta[] = []
  let served = ''
  const writers = [0, 1, 2].map(() => ({ text: '', seen: 0, waiting: [] as Delta }))
  const typed: string[] = []
  const cutAway = new Set<string>()

  const send = (who: number) => {
    const writer = writers[who]!
    let sent = writer.waiting
    let meanwhile: Delta = []
    for (const other of log.slice(writer.seen)) {
      const heard = transform(other, sent, 'first')
      sent = transform(sent, other, 'second')
      meanwhile = compose(meanwhile, heard)
    }
    served = apply(served, sent)
    log.push(sent)
    writer.text = apply(writer.text, meanwhile)
    writer.seen = log.length
    writer.waiting = []
    assert.equal(writer.text, served)
  }
  const hear = (who: number) => {
    const writer = writers[who]!
    for (const other of log.slice(writer.seen)) {
      const heard = transform(other, writer.waiting, 'first')
      writer.waiting = transform(writer.waiting, other, 'second')
      writer.text = apply(writer.text, heard)
    }
    writer.seen = log.length
  }
  const change = (who: number, delta: Delta) => {
    const writer = writers[who]!
    writer.text = apply(writer.text, delta)
    writer.waiting = compose(writer.waiting, delta)
  }

  for (const { who, what, where, much } of acts) {
    const { text } = writers[who]!
    if (what === 'send') send(who)
    else if (what === 'hear') hear(who)
    else if (what === 'type') {
      // A word of its own, between the others: letters that occur nowhere else.
      const word = String.fromCodePoint(0x4e00 + typed.length) // not of a guide: a letter that occurs once
      typed.push(word)
      change(who, [[where % (text.length + 1), 0, word]])
    } else if (text.length > 0 && much > 0) {
      const at = where % text.length
      const goes = Math.min(much, text.length - at)
      for (const word of text.slice(at, at + goes)) cutAway.add(word)
      change(who, [[at, goes, '']])
    }
  }
  for (const who of [0, 1, 2]) send(who)
  for (const who of [0, 1, 2]) hear(who)
  for (const { text } of writers) assert.equal(text, served)
  for (const word of typed) {
    if (cutAway.has(word)) assert.ok(!served.includes(word))
    else assert.equal(served.split(word).length, 2, `${word} stands once`)
  }
}
