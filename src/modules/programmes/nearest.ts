/** Something that can be meant, with every way of writing it, folded. */
export type Candidate<Id> = { id: Id; forms: readonly string[] }

/** Longer words are cut: nobody is helped by a distance to a whole paragraph, and it would take long. */
const longest = 80

/**
 * A word without what people write differently: case, diacritics, punctuation, “and” or “&”.
 * “Bosnia & Herzegovina” and “bosnia and herzegovina” are the same.
 */
export function fold(written: string): string {
  return withoutMarks(written)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(^| )(?:and|un)(?= )/g, '')
    .trim()
}

/** A name of an organisation as compared with another: letters and digits only. */
export function foldName(written: string): string {
  const letters = withoutMarks(written).replace(/[^\p{L}\p{N}]+/gu, '')
  return letters === '' ? written.trim() : letters
}

// Only the marks of Latin, Greek and Cyrillic: in other scripts a mark may be a vowel and tell two names apart.
function withoutMarks(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
}

/**
 * What was probably meant, nearest first, at most `most`; nothing when nothing is near.
 * Candidates equally near keep the order they came in.
 */
export function nearest<Id>(written: string, candidates: Iterable<Candidate<Id>>, most = 3): Id[] {
  const word = fold(written.slice(0, 4 * longest)).slice(0, longest)
  if (word === '') return []
  const found: { id: Id; distance: number }[] = []
  for (const { id, forms } of candidates) {
    const distance = Math.min(...forms.map((form) => nearness(word, form)))
    if (distance < Infinity) found.push({ id, distance })
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ id }) => id)
}

/** How far a word is from a form, or Infinity when it is too far to be meant: one slip in three letters. */
function nearness(word: string, form: string): number {
  const shorter = Math.min(word.length, form.length)
  const allowed = Math.max(1, Math.floor((shorter < 4 ? shorter : Math.max(word.length, form.length)) / 3))
  const distance = editDistance(word, form, allowed)
  // A first letter is seldom wrong.
  if (distance <= allowed) return distance + (word[0] === form[0] ? 0 : 0.5)
  const part = word.length >= 4 && (form.startsWith(word) || ` ${form}`.includes(` ${word}`))
  return part ? allowed + 1 : Infinity
}

/**
 * Letters to add, drop, change or swap with their neighbour (optimal string alignment).
 * @returns any number above `limit` once it is certain to be above
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    before = above
    above = row
  }
  return above[b.length]!
}
