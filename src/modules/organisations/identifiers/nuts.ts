import { countryCode } from '#modules/programmes'
import { type IdentifierProblem, latinCapitals, plain } from './identifier.ts'
import names from './nuts-2021.json' with { type: 'json' }

/** A region of NUTS 2021, or a statistical region of a candidate or EFTA country. */
export type NutsRegion = {
  code: string
  /** As the country writes it, in Latin letters. */
  name: string
  /** 0: the country; 3: the smallest regions. */
  level: 0 | 1 | 2 | 3
  /** ISO's letters: GR where the code begins with EL. */
  country: string
}

/**
 * Every region by code: NUTS 2021 (Delegated Regulation (EU) 2019/1755) and the statistical regions of EFTA and
 * candidate countries. Source: Eurostat GISCO, reuse with attribution; made by tools/import-nuts.js.
 */
export const nutsRegions: ReadonlyMap<string, NutsRegion> = new Map(
  Object.entries(names).map(([code, name]) => {
    const country = countryCode(code.slice(0, 2))!
    return [code, { code, name, level: (code.length - 2) as NutsRegion['level'], country }]
  })
)

/** Reads the code of a NUTS region (LV006); Greece is EL and the United Kingdom UK there. */
export function readNuts(written: string): { value: string; region: NutsRegion } | IdentifierProblem {
  const text = latinCapitals(plain(written)).replace(/[ .-]/g, '').replace(/^GR/, 'EL').replace(/^GB/, 'UK')
  if (text === '') return { problem: 'empty' }
  if (!/^[A-Z]{2}[A-Z0-9]{0,3}$/.test(text)) return { problem: 'nuts-form' }
  const region =
    nutsRegions.get(text) ?? nutsRegions.get(text.slice(0, 2) + text.slice(2).replaceAll('O', '0'))
  return region ? { value: region.code, region } : { problem: 'nuts-unknown' }
}
