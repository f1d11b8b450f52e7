import { type ReadIdentifier, latinCapitals, onlyDigits, plain } from './identifier.ts'

const weights = [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1] as const

/**
 * Reads a Latvian registration number: eleven digits beginning with 4, 5 or 9, also written as a VAT number (LV…).
 *
 * The weighted sum of its digits leaves 3 when divided by 11. The register publishes no rule; this one is that of
 * VAT numbers, which are these numbers. It holds for 42 of 43 that were met in published texts, of companies (4, 5),
 * associations (40008, 50008) and public bodies (9); the other one stands on a single page. A number that begins with 0 to 3 is a person's code and is refused as such.
 */
export function readLatvianNumber(written: string): ReadIdentifier {
  const text = latinCapitals(plain(written)).replace(/^LV(?=[ \d-])/, '')
  if (text === '') return { problem: 'empty' }
  const digits = onlyDigits(text)
  if (/^[0-3]\d{10}$/.test(digits)) return { problem: 'latvian-number-personal' }
  if (!/^[459]\d{10}$/.test(digits)) return { problem: 'latvian-number-form' }
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return sum % 11 === 3 ? { value: digits } : { problem: 'latvian-number-check' }
}
