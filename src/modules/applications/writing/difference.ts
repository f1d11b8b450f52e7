/**
 * What somebody did to a text of which only before and after are known: a form without script, a save by a machine.
 * Pure; browsers use it, too.
 */
import type { Delta, Splice } from './delta.ts'
import { tokensOf, wordAround } from './words.ts'

// Of longer rewrites the whole piece is taken as replaced: finding the least costs the square of it.
const mostEdits = 400 // not of a guide: words

/**
 * The change from one text to another: only what differs, paragraph by paragraph and word by word. It never cuts
 * through a letter made of several units (surrogates, accents, joined emoji).
 */
export function between(before: string, after: string): Delta {
  if (before === after) return []
  const changed = trimmed({ at: 0, before, after })
  if (changed.before === '') return [spliceOf(atWords(changed, before, after))]
  if (changed.after === '') return [spliceOf(atWords(changed, after, before))]
  const whole = inWholeWords(changed, { at: 0, before, after })
  const pieces = /\n/.test(whole.before + whole.after) ? differing(whole, lines) : [whole]
  return joined(pieces.flatMap(byWords).map(trimmedToWords))
}

/** The same change, without the words that it takes away and brings again. */
export function tight(text: string, delta: Delta): Delta {
  return delta
    .map(([at, remove, insert]) =>
      spliceOf(trimmedToWords({ at, before: text.slice(at, at + remove), after: insert }))
    )
    .filter(([, remove, insert]) => remove > 0 || insert !== '')
}

/** A place of the text before, and what stood and stands there. */
type Piece = { at: number; before: string; after: string }

const lines = (text: string) => text.match(/[^\n]*\n|[^\n]+/g) ?? []

function byWords(piece: Piece): Piece[] {
  return piece.before === '' || piece.after === '' ? [piece] : phrases(piece, differing(piece, tokensOf))
}

function differing(piece: Piece, tokens: (text: string) => string[]): Piece[] {
  const steps = leastEdits(tokens(piece.before), tokens(piece.after))
  if (!steps) return [piece]
  const pieces: Piece[] = []
  let at = piece.at
  let open: Piece | undefined
  for (const step of steps) {
    if (step.kind === 'same') {
      open = undefined
      at += step.token.length
      continue
    }
    if (!open) pieces.push((open = { at, before: '', after: '' }))
    if (step.kind === 'gone') {
      open.before += step.token
      at += step.token.length
    } else open.after += step.token
  }
  return pieces
}

/** Words in a row that were replaced are one phrase: it is read, and stands beside another's, as a whole. */
function phrases(whole: Piece, pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = []
  for (const piece of pieces) {
    const last = found.at(-1)
    const kept = last && whole.before.slice(last.at + last.before.length - whole.at, piece.at - whole.at)
    if (last && /^[^\S\n]+$/.test(kept!) && isReplacement(last) && isReplacement(piece)) {
      last.before += kept + piece.before
      last.after += kept + piece.after
    } else found.push({ ...piece })
  }
  return found
}

const isReplacement = ({ before, after }: Piece) => before !== '' && after !== ''

type Step = { kind: 'same' | 'gone' | 'new'; token: string }

/** The shortest way from one list to another (Myers 1986); undefined where it is longer than it is worth. */
function leastEdits(before: readonly string[], after: readonly string[]): Step[] | undefined {
  const most = Math.min(before.length + after.length, mostEdits)
  const middle = most + 1
  const reached = new Int32Array(2 * middle + 1)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reached.slice(middle - edits - 1, middle + edits + 2))
    for (let line = -edits; line <= edits; line += 2) {
      const down =
        line === -edits || (line !== edits && reached[middle + line - 1]! < reached[middle + line + 1]!)
      let x = down ? reached[middle + line + 1]! : reached[middle + line - 1]! + 1
      while (x < before.length && x - line < after.length && before[x] === after[x - line]) x++
      reached[middle + line] = x
      if (x >= before.length && x - line >= after.length) return wayBack(before, after, trace)
    }
  }
  return undefined
}

function wayBack(before: readonly string[], after: readonly string[], trace: readonly Int32Array[]): Step[] {
  const steps: Step[] = []
  let x = before.length
  let y = after.length
  for (let edits = trace.length - 1; x > 0 || y > 0; edits--) {
    const reached = trace[edits]!
    const at = (line: number) => reached[line + edits + 1]!
    const line = x - y
    const down = line === -edits || (line !== edits && at(line - 1) < at(line + 1))
    const fromX = edits === 0 ? 0 : down ? at(line + 1) : at(line - 1)
    const fromY = edits === 0 ? 0 : fromX - (down ? line + 1 : line - 1)
    while (x > fromX && y > fromY) {
      steps.push({ kind: 'same', token: before[--x]! })
      y--
    }
    if (edits === 0) break
    if (down) steps.push({ kind: 'new', token: after[--y]! })
    else steps.push({ kind: 'gone', token: before[--x]! })
  }
  return steps.reverse()
}

const farthest = 200 // not of a guide: units

/**
 * The same insertion or removal where words begin and end: in “skola, skola, ” nobody knows which “skola, ” is the new
 * one, but it is no “kola, s”, into the middle of which somebody else may write. `longer` is the text that has it.
 */
function atWords({ at: last, before, after }: Piece, shorter: string, longer: string): Piece {
  const length = before.length + after.length
  const worth = (at: number) => border(longer, at) + border(longer, at + length)
  let best = last
  for (let at = last - 1; at >= 0 && last - at <= farthest; at--) {
    if (longer[at] !== longer[at + length]) break
    if (cuts(longer, at) || cuts(longer, at + length) || cuts(shorter, at)) continue
    if (worth(at) > worth(best)) best = at
  }
  const piece = longer.slice(best, best + length)
  return before === '' ? { at: best, before, after: piece } : { at: best, before: piece, after }
}

const inWord = /[\p{L}\p{N}\p{M}]/u

/** How much a place is one where something ends and something else begins. */
function border(text: string, at: number): number {
  const [before, here] = [text[at - 1], text[at]]
  if (before === undefined || here === undefined || before === '\n') return 3
  if (/\s/.test(before)) return 2
  return inWord.test(before) && inWord.test(here) ? 0 : 1
}

/** The same piece without what it begins and ends with before and after. */
function trimmed({ at, before, after }: Piece): Piece {
  const most = Math.min(before.length, after.length)
  let front = 0
  while (front < most && before.charCodeAt(front) === after.charCodeAt(front)) front++
  while (front > 0 && (cuts(before, front) || cuts(after, front))) front--
  let back = 0
  while (
    back < most - front &&
    before.charCodeAt(before.length - 1 - back) === after.charCodeAt(after.length - 1 - back)
  )
    back++
  while (back > 0 && (cuts(before, before.length - back) || cuts(after, after.length - back))) back--
  return {
    at: at + front,
    before: before.slice(front, before.length - back),
    after: after.slice(front, after.length - back)
  }
}

/** The same, but a word in the place of another stays whole. What only adds letters to a word, or takes some, is that. */
function trimmedToWords(piece: Piece): Piece {
  const changed = trimmed(piece)
  return isReplacement(changed) ? inWholeWords(changed, piece) : changed
}

/** A piece of another one with the rest of the words that it begins and ends in, before or after. */
function inWholeWords(changed: Piece, { at, before, after }: Piece): Piece {
  let front = changed.at - at
  let back = before.length - front - changed.before.length
  for (;;) {
    const word = wordAround(before, front) ?? wordAround(after, front)
    if (!word) break
    front = word[0]
  }
  for (;;) {
    const [end, endAfter] = [before.length - back, after.length - back]
    const [word, wordAfter] = [wordAround(before, end), wordAround(after, endAfter)]
    if (!word && !wordAfter) break
    back -= word ? word[1] - end : wordAfter![1] - endAfter
  }
  return {
    at: at + front,
    before: before.slice(front, before.length - back),
    after: after.slice(front, after.length - back)
  }
}

// What belongs to the letter before it: accents, joiners, variation selectors, skin tones.
const belongsToBefore = /^[\p{M}\p{Emoji_Modifier}\u200c\u200d\ufe0e\ufe0f]/u

/** Whether a cut here goes through a letter. */
function cuts(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const unit = text.charCodeAt(at)
  if (unit < 0x300) return false // not of a guide: the first combining mark
  const before = text.charCodeAt(at - 1)
  if (isLow(unit) && isHigh(before)) return true
  return before === 0x200d || belongsToBefore.test(text.slice(at, at + 2))
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** Splices of one delta: those that touch each other are one. */
function joined(pieces: readonly Piece[]): Delta {
  const splices: Splice[] = []
  for (const piece of pieces) {
    if (piece.before === '' && piece.after === '') continue
    const last = splices.at(-1)
    const splice = spliceOf(piece)
    if (last && last[0] + last[1] === splice[0])
      splices[splices.length - 1] = [last[0], last[1] + splice[1], last[2] + splice[2]]
    else splices.push(splice)
  }
  return splices
}

function spliceOf({ at, before, after }: Piece): Splice {
  return [at, before.length, after]
}
