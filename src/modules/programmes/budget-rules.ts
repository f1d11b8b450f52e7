import type { Words } from '#shared/rules/vocabulary.ts'
import type { Cited } from './citation.ts'
import type { LimitData, RateData } from './programme-data.ts'

/** How the money of an action is granted. */
export type FundingModel = 'lump-sum' | 'lump-sum-of-budget' | 'unit-costs' | 'actual-costs' | 'unknown'

/**
 * Whether a value surely applies: false while an answer that decides it is missing. What surely does not apply is
 * left out.
 */
type Applies = { sure: boolean }

export type FundingRule = Cited &
  Applies & {
    model: FundingModel
    /** In whole cents. */
    lumpSums?: number[]
    /** What the grant covers of the costs. */
    ratePercent?: number
    says: Words
  }

/** What is paid for one unit. Sources where they differ from those of its category. */
export type BudgetRate = Omit<RateData, 'amount' | 'editions' | 'sources'> & {
  /** In whole cents. */
  cents?: number
  cited?: Cited
}

/** A limit. Where `of` speaks of euros, the numbers are whole cents. */
export type BudgetLimit = Omit<LimitData, 'editions' | 'sources' | 'at-least' | 'at-most'> & {
  atLeast?: number
  atMost?: number
  cited?: Cited
}

export type CategoryRule = Cited &
  Applies & {
    id: string
    names: Words
    basis: 'unit-cost' | 'real-cost' | 'share-of-lump-sum'
    says?: Words
    rates: BudgetRate[]
    limits: BudgetLimit[]
    onlyWith?: string[]
    paidAs?: string[]
    insteadOf?: string
    justify: { asks: Words; staff?: string[]; cited: Cited }[]
    limitsOnly?: true
    outsideCeilings?: Cited
  }

/** A ceiling of the grant, or the least that is granted. */
export type CeilingRule = Cited &
  Applies & {
    id: string
    says: Words
    severity: 'block' | 'warn'
    /** In whole cents, for the duration and consortium that were given; neither where none is named for them. */
    atMost?: number
    atLeast?: number
  }

/** Countries whose days of staff cost the same. */
export type CountryGroup = Cited & { group: number; countries: string[] }

/** The money rules of an action in an edition, for one consortium: plain data, the same in server and browser. */
export type BudgetRules = {
  action: string
  edition: number
  funding: FundingRule[]
  categories: CategoryRule[]
  ceilings: CeilingRule[]
  /** Countries that are in none of them are in the last. */
  countryGroups: CountryGroup[]
}
