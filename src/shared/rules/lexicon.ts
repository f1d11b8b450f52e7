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
}

/** What an organisation of a type is and could be; `index` is its place in `typeKinds`. */
export type TypeKinds = { index: number; sure: KindMask; maybe: KindMask; public: Truth; nonProfit: Truth }

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
    typeKinds: [unknownType, ...typeMasks.values()]
  }
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
