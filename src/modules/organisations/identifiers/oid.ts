import { type ReadIdentifier, latinCapitals, onlyDigits, plain } from './identifier.ts'

/**
 * Reads an organisation ID of Erasmus+: the letter E and eight digits.
 *
 * It carries no check digit. In the list of charter holders of April 2026, 6 387 pairs of valid codes differ in one
 * digit only, and any check digit would tell such pairs apart.
 */
export function readOid(written: string): ReadIdentifier {
  const text = latinCapitals(plain(written)).replace(/^OID\b[ :]*/, '')
  if (text === '') return { problem: 'empty' }
  const digits = onlyDigits(text.slice(1))
  if (/^E/.test(text) && /^\d{8}$/.test(digits)) return { value: `E${digits}` }
  return { problem: /^\d{9}$/.test(onlyDigits(text)) ? 'oid-is-pic' : 'oid-form' }
}
