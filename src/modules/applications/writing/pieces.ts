import type { KeptDelta } from './merge.ts'

/** A piece of a text as a change shows it. `left-out`: so much of it stands between, unchanged. */
export type Piece = { kind: 'same' | 'gone' | 'new' | 'left-out'; text: string }

const around = 120 // not of a guide: UTF-16 units

/** What a change does to a text, with the words around it; long stretches that stay are left out. */
export function piecesAround(text: string, delta: KeptDelta): Piece[] {
  const pieces: Piece[] = []
  let read = 0
  for (const [at, gone, come] of delta) {
    pieces.push(...staying(text.slice(read, at), read === 0 ? 'first' : 'between'))
    pieces.push({ kind: 'gone', text: gone }, { kind: 'new', text: come })
    read = at + gone.length
  }
  pieces.push(...staying(text.slice(read), 'last'))
  return pieces.filter((piece) => piece.text !== '')
}

function staying(text: string, place: 'first' | 'between' | 'last'): Piece[] {
  const shown = place === 'between' ? 2 * around : around
  if (text.length <= shown) return [{ kind: 'same', text }]
  const before: Piece[] = place === 'first' ? [] : [{ kind: 'same', text: text.slice(0, around) }]
  const after: Piece[] = place === 'last' ? [] : [{ kind: 'same', text: text.slice(-around) }]
  return [...before, { kind: 'left-out', text: ' … ' }, ...after]
}
