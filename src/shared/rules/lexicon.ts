/** An organisation type or function, as far as rules need it. */
export type Kind = {
  id: string
  public?: 'yes' | 'no'
  'non-profit'?: 'yes' | 'no'
  /** Types that may be this too: an open question until somebody answers it. */
  'could-be'?: readonly string[]
}

export type LexiconData = {
  /** Every country a consortium may name. */
  countries: readonly string[]
  /** Country set → its countries in this edition. */
  sets: Readonly<Record<string, readonly string[]>>
  types: readonly Kind[]
  functions: readonly Kind[]
}

/** Set of kinds as two 31-bit masks. */
export type KindMask = { low: number; high: number }

/**
 * The words of one edition as numbers, so that a check compares bits and never strings. Country 0 is “unknown”.
 */
export type Lexicon = {
  data: LexiconData
  countryIndex: ReadonlyMap<string, number>
  countryCodes: readonly string[]
  kindIndex: ReadonlyMap<string, number>
  /** What an organisation of the type is for sure, and what it could be besides. */
  typeMasks: ReadonlyMap<string, TypeKinds>
  /** The same by number; 0 is “unknown type”, which may be anything. */
  typeKinds: readonly TypeKinds[]
  /** The same by name, as an object without prototype: quicker to look into than a map. */
  typesByName: Readonly<Record<string, TypeKinds>>
  /** Country index by the two letters of its code; see `countryNumber`. */
  countriesByLetters: Uint16Array
  seen: Seen
}

/**
 * Memory for counting countries: country → the last round of counting that saw it. Doubles, because rounds outgrow 32
 * bits. All actions of an edition use the same, so that it stays near the processor.
 */
export type Seen = { rounds: Float64Array; round: number }

/** What an organisation is for sure, and what it could be besides. */
export type Kinds = {
  /** Place in `typeKinds`; -1 where there is more to it than a type. */
  index: number
  sure: KindMask
  maybe: KindMask
}

export type TypeKinds = Kinds & { public: Truth; nonProfit: Truth }

/** No, yes or not known, as a number: fast to combine. */
export type Truth = 0 | 1 | 2
export const NO = 0
export const YES = 1
export const MAYBE = 2

const BITS = 31

const unknownType: TypeKinds = {
  index: 0,
  sure: { low: 0, high: 0 },
  maybe: { low: -1, high: -1 },
  public: MAYBE,
  nonProfit: MAYBE
}

export function makeLexicon(data: LexiconData): Lexicon {
  const kinds = [...new Set([...data.types, ...data.functions].map(({ id }) => id))]
  if (kinds.length > 2 * BITS) throw new Error(`more kinds of organisation than ${2 * BITS}: widen KindMask`)
  const kindIndex = new Map(kinds.map((id, index) => [id, index]))
  const countryCodes = ['', ...data.countries]
  const typeMasks = new Map(
    data.types.map((type, at) => {
      const open = [...data.types, ...data.functions]
        .filter((one) => one['could-be']?.includes(type.id))
        .map(({ id }) => id)
      return [
        type.id,
        {
          index: at + 1,
          sure: maskOf([type.id], kindIndex),
          maybe: maskOf(open, kindIndex),
          public: truth(type.public),
          nonProfit: truth(type['non-profit'])
        }
      ] as const
    })
  )
  return {
    data,
    countryIndex: new Map(countryCodes.map((code, index) => [code, index])),
    countryCodes,
    kindIndex,
    typeMasks,
    typeKinds: [unknownType, ...typeMasks.values()],
    typesByName: Object.assign(Object.create(null), Object.fromEntries(typeMasks)),
    countriesByLetters: byLetters(countryCodes),
    seen: { rounds: new Float64Array(countryCodes.length), round: 0 }
  }
}

/** The index of a country by its code of two letters; 0 when the lexicon has no such country. */
export function countryNumber(code: string, { countriesByLetters }: Lexicon): number {
  // By arithmetic, because each organisation of each check is looked up, and hashing its code takes five times as long.
  const second = code.charCodeAt(1) - A
  if (code.length !== 2 || second < 0 || second >= LETTERS) return 0
  return countriesByLetters[placeOf(code)] ?? 0
}

function byLetters(codes: readonly string[]): Uint16Array {
  const table = new Uint16Array(LETTERS * LETTERS)
  for (const [index, code] of codes.entries()) if (code.length === 2) table[placeOf(code)] = index
  return table
}

const LETTERS = 26
const A = 'A'.charCodeAt(0)

function placeOf(code: string): number {
  return (code.charCodeAt(0) - A) * LETTERS + code.charCodeAt(1) - A
}

/** The kinds as a mask; an unknown kind is a mistake of the rule file. */
export function maskOf(kinds: readonly string[], kindIndex: ReadonlyMap<string, number>): KindMask {
  const mask = { low: 0, high: 0 }
  for (const kind of kinds) {
    const index = kindIndex.get(kind)
    if (index === undefined) throw new Error(`unknown kind of organisation: ${kind}`)
    if (index < BITS) mask.low |= 1 << index
    else mask.high |= 1 << (index - BITS)
  }
  return mask
}

/** Country index → whether it is in one of the sets or codes; unknown for country 0. */
export function countryTable(lexicon: Lexicon, names: readonly string[]): Uint8Array {
  const table = new Uint8Array(lexicon.countryCodes.length)
  for (const name of names) {
    const codes = /^[A-Z]{2}$/.test(name) ? [name] : lexicon.data.sets[name]
    if (!codes) throw new Error(`unknown country set: ${name}`)
    for (const code of codes) {
      const index = lexicon.countryIndex.get(code)
      if (index !== undefined) table[index] = YES
    }
  }
  table[0] = MAYBE
  return table
}

function truth(value: 'yes' | 'no' | undefined): Truth {
  return value === 'yes' ? YES : value === 'no' ? NO : MAYBE
}
