/**
 * A higher education institution that holds an Erasmus charter, as the official list has it. Texts are one line,
 * without blanks around them; undefined is what the list leaves empty.
 */
export type CharterHolder = {
  /** In its one spelling: `A  BADEN01`. What tells holders apart from one edition of the list to the next. */
  erasmusCode: string
  pic: string
  oid: string | undefined
  /** Number of the charter's proposal, or `Transitory Charter`. */
  proposal: string | undefined
  legalName: string
  street: string | undefined
  postcode: string | undefined
  city: string
  /** Of the address, ISO 3166-1 alpha-2. */
  country: string
  /** As written; undefined where it is no web address. */
  website: string | undefined
  /** First and last day of the charter, as YYYY-MM-DD. */
  from: string
  until: string
}

export type CharterField = keyof CharterHolder

/** Every field, in the order of the official list. */
export const charterFields: readonly CharterField[] = [
  ...(['proposal', 'erasmusCode', 'pic', 'oid', 'legalName', 'street', 'postcode', 'city'] as const),
  ...(['country', 'website', 'from', 'until'] as const)
]
