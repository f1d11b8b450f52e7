/**
 * An organisation's own code, which applications and letters quote: KP-7F3K-9QXM. Seven letters by chance and one
 * that checks them; letters that look like others (0 O 1 I L) do not occur.
 */

/** 31 letters, a prime: so the check finds every letter mistaken and every two exchanged. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const chosen = 7

/** How many different letters there are: what chance chooses from. */
export const codeLetters = alphabet.length

/** The code of seven numbers from 0 to codeLetters - 1. */
export function organisationCode(numbers: readonly number[]): string {
  if (numbers.length !== chosen) throw new RangeError(`A code is made of ${chosen} numbers`)
  const letters = [...numbers, checkOf(numbers)].map((number) => alphabet[number]!).join('')
  return `KP-${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** Weights 1 to 7: each is prime to 31, and no two are the same. */
function checkOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number, at) => sum + number * (at + 1), 0) % alphabet.length
}

/**
 * Reads a code in any case and spacing, with or without KP.
 * @returns the code in its one spelling; `unclear` where a letter is mistaken or missing, undefined where it is no code
 */
export function readOrganisationCode(written: string): { code: string } | 'unclear' | undefined {
  if (written.length > 40) return undefined
  const plain = written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]+/gu, '')
  const letters = /^KP([0-9A-Z]+)$/.exec(plain)?.[1]
  if (letters === undefined) return undefined
  const numbers = [...letters].map((letter) => alphabet.indexOf(letter))
  if (numbers.length !== chosen + 1 || numbers.includes(-1)) return 'unclear'
  const code = organisationCode(numbers.slice(0, chosen))
  return checkOf(numbers.slice(0, chosen)) === numbers[chosen] ? { code } : 'unclear'
}
