import { type ReadIdentifier, latinCapitals, plain } from './identifier.ts'

/**
 * Reads the number of an Erasmus Charter for Higher Education: since 2021 the nine digits of its proposal
 * (101012444), before that a reference of the agency (29546-LA-1-2014-1-DE-E4AKA1-ECHE).
 */
export function readCharterNumber(written: string): ReadIdentifier {
  const text = latinCapitals(plain(written)).replaceAll(' ', '')
  if (text === '') return { problem: 'empty' }
  const formed =
    /^101\d{6}$/.test(text) || /^\d{5,6}-[A-Z]{2,3}-1-20\d\d-1-[A-Z]{2}-[A-Z0-9]+-ECHE(-\d)?$/.test(text)
  return formed ? { value: text } : { problem: 'charter-form' }
}
