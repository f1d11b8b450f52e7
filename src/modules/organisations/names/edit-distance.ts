/**
 * How many slips of the finger are between two words: a letter too many, too few, another one, or two neighbours
 * exchanged.
 * @returns Infinity when there are more than `most`
 */
export function editDistance(one: string, other: string, most: number): number {
  if (one === other) return 0
  if (Math.abs(one.length - other.length) > most) return Infinity
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const now = [row]
    let least = row
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      let cost = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        cost = Math.min(cost, before[column - 2]! + 1)
      now.push(cost)
      least = Math.min(least, cost)
    }
    if (least > most) return Infinity
    before = last
    last = now
  }
  const distance = last[other.length]!
  return distance <= most ? distance : Infinity
}

/** How many slips a word may hold and still be meant: none in three letters, one in six, two in ten, then three. */
export function slipsAllowed(word: string): number {
  if (/^\d+$/.test(word) || word.length < 4) return 0
  if (word.length <= 6) return 1
  return word.length <= 10 ? 2 : 3
}
