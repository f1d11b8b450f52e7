import type { Role } from './vocabulary.ts'

/** One organisation of a consortium. `null` means unknown; nothing is guessed from it. */
export type Partner = {
  name?: string
  /** ISO 3166-1 alpha-2. */
  country: string | null
  /** A type of parameters/organisation-types.yaml. */
  type: string | null
  role: Role | null
  /** What it does beyond its type; left out means nothing declared. */
  functions?: string[] | null
  /** Holds the Erasmus Charter for Higher Education. */
  charter?: boolean | null
  /** Day, YYYY-MM-DD. */
  establishedOn?: string | null
  nonProfit?: boolean | null
  europeanNgo?: boolean | null
  /**
   * Of which other partners it is independent: `true` of all, `false` of none, or the positions (from 0) of those it
   * is independent of. Left out, organisations named apart are taken as independent.
   */
  independentOf?: boolean | number[] | null
}

/** A consortium as the rules see it. */
export type Consortium = {
  field?: string
  durationMonths?: number
  /** Whole euros. */
  grantEur?: number
  partners: Partner[]
  /** What some rules ask beyond partners; `null` means unknown. */
  answers?: Record<string, unknown>
}
