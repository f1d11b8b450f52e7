/** An answer of 2 kB in which somebody writes one word after the other. */

const sentence =
  'Projektā trīs skolas kopā ar vietējo bibliotēku veidos lasīšanas klubus, kuros vecāki un bērni lasa divās valodās. '
const stampLength = 12
const wanted = 2000
const [before, after] = halves()

/** Bytes of each text, as UTF-8. */
export const textBytes = Buffer.byteLength(before) + stampLength + Buffer.byteLength(after)

/** The text as it is after so many saves: each writes another word in its middle. */
export function textOf(count: number): string {
  return before + stampOf(count) + after
}

/** The word by which a text is told from all others. */
export function stampOf(count: number): string {
  return `nr${String(count).padStart(stampLength - 2, '0')}`
}

function halves(): [string, string] {
  let whole = ''
  while (Buffer.byteLength(whole + sentence) <= wanted - stampLength) whole += sentence
  // Filled up with one-byte letters to the wanted size.
  whole += 'x'.repeat(wanted - stampLength - Buffer.byteLength(whole))
  const middle = Math.floor(whole.length / 2)
  return [whole.slice(0, middle), whole.slice(middle)]
}
