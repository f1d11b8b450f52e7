import { countryCode } from '#modules/programmes'
import { type ReadIdentifier, latinCapitals, plain } from './identifier.ts'

/** Reads a country's code (ISO 3166-1 alpha-2, XK for Kosovo*); EL and UK become GR and GB. */
export function readCountry(written: string): ReadIdentifier {
  const text = latinCapitals(plain(written))
  if (text === '') return { problem: 'empty' }
  const code = countryCode(text)
  return code === undefined ? { problem: 'country-unknown' } : { value: code }
}
