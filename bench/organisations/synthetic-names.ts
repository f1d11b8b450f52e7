/**
 * Names of organisations as they are found in programmes of the European Union: patterns of twelve countries filled
 * with places, numbers and people they are named for. The same seed gives the same names.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

type Pattern = {
  country: string
  names: readonly string[]
  places: readonly string[]
  people: readonly string[]
}

const patterns = parse(
  readFileSync(join(import.meta.dirname, 'name-patterns.yaml'), 'utf8')
) as readonly Pattern[]

/** Endless numbers from 0 to 1, always the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const syllables = [
  'al',
  'ber',
  'co',
  'da',
  'el',
  'fi',
  'go',
  'hu',
  'in',
  'jo',
  'ka',
  'lu',
  'ma',
  'no',
  'or',
  'pa',
  'qui',
  'ra',
  'so',
  'ti',
  'um',
  'va',
  'wi',
  'xe',
  'ya',
  'ze',
  'štu',
  'žī',
  'ño',
  'ör'
]

export type SyntheticOrganisation = { name: string; country: string; city: string }

/** So many organisations; no two have the same name. */
export function syntheticOrganisations(count: number, seed = 3): SyntheticOrganisation[] {
  const chance = seeded(seed)
  const one = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)]!
  const word = () => {
    const made = Array.from({ length: 2 + Math.floor(chance() * 3) }, () => one(syllables)).join('')
    return made[0]!.toUpperCase() + made.slice(1)
  }
  const seen = new Set<string>()
  const made: SyntheticOrganisation[] = []
  while (made.length < count) {
    const { country, names, places, people } = one(patterns)
    const city = one(places)
    const name = one(names)
      .replace('{place}', city)
      .replace('{person}', one(people))
      .replace('{n}', String(1 + Math.floor(chance() * 180)))
      .replace('{word}', () => (chance() < 0.5 ? word() : `${word()} ${word()}`))
    // Where everything has been named already, the next is told apart as schools are.
    const unlike = seen.has(name) ? `${name} ${word()}` : name
    if (seen.has(unlike)) continue
    seen.add(unlike)
    made.push({ name: unlike, country, city })
  }
  return made
}
