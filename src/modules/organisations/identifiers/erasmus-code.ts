import { countryCode } from '#modules/programmes'
import { type IdentifierProblem, latinCapitals, plain } from './identifier.ts'

/** What Erasmus codes begin with where it is not the country's ISO code. */
const ownPrefixes: Readonly<Record<string, string>> = {
  ...{ A: 'AT', B: 'BE', D: 'DE', E: 'ES', F: 'FR', G: 'GR', I: 'IT', N: 'NO', P: 'PT', S: 'SE' },
  ...{ SF: 'FI', IRL: 'IE', LUX: 'LU', UK: 'GB' }
}

/** ISO countries whose institutions have a prefix of their own; BE is met in the official list all the same. */
const replaced = new Set(Object.values(ownPrefixes).filter((country) => country !== 'BE'))

/**
 * Reads the Erasmus code of a higher education institution, in any spacing and case.
 * @returns the code in its one spelling, the country padded to three characters (`A  BADEN01`, `LV RIGA01`,
 *   `IRLDUBLIN01`), and the country in ISO's letters
 */
export function readErasmusCode(written: string): { value: string; country: string } | IdentifierProblem {
  const text = latinCapitals(plain(written))
  if (text === '') return { problem: 'empty' }
  const [prefix, rest] = /^([A-Z]{1,3}) (.+)$/.exec(text)?.slice(1) ?? []
  // “DK FREDERICIA 01”: a blank inside belongs to nobody.
  if (prefix !== undefined && prefixCountry(prefix)) return codeOf(prefix, rest!.replaceAll(' ', ''))
  const whole = text.replaceAll(' ', '')
  const possible = [3, 2, 1].map((length) => whole.slice(0, length)).filter(prefixCountry)
  const codes = possible.map((start) => codeOf(start, whole.slice(start.length)))
  const good = codes.filter((code) => 'value' in code)
  // “SFHELSINK01” may be Sweden's FHELSINK or Finland's HELSINK; only those of three letters are written together.
  if (good.length > 1 && possible[0]!.length < 3) return { problem: 'erasmus-code-country-unclear' }
  if (good[0]) return good[0]
  return {
    problem: possible.length === 0 && place.test(whole) ? 'erasmus-code-country-unknown' : 'erasmus-code-form'
  }
}

/** The country an Erasmus code begins with, in ISO's letters; undefined where it is no such code. */
export function countryOfErasmusCode(code: string): string | undefined {
  const read = readErasmusCode(code)
  return 'country' in read ? read.country : undefined
}

const place = /^[A-Z](?:[A-Z-]{0,10}[A-Z])?\d{1,3}$/

function codeOf(prefix: string, rest: string): { value: string; country: string } | IdentifierProblem {
  if (!place.test(rest)) return { problem: 'erasmus-code-form' }
  return { value: prefix.padEnd(3) + rest, country: prefixCountry(prefix)! }
}

function prefixCountry(prefix: string): string | undefined {
  const own = ownPrefixes[prefix]
  if (own) return own
  if (prefix.length !== 2 || replaced.has(prefix)) return undefined
  return countryCode(prefix)
}
