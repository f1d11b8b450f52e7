import type { Consortium, Partner } from './consortium.ts'
import { MAYBE, NO, YES, maskOf, type Lexicon, type Truth } from './lexicon.ts'

export const COORDINATOR = 1
export const PARTNER = 2
export const ASSOCIATED = 4
export const AFFILIATED = 8
export const ROLE_UNKNOWN = 16
/** A partner that has been left out matches nobody. */
export const LEFT_OUT = 0

export const roleBits = {
  coordinator: COORDINATOR,
  partner: PARTNER,
  associated: ASSOCIATED,
  affiliated: AFFILIATED
}

/** One organisation as numbers. */
export type EncodedPartner = {
  /** Its position in the consortium; added organisations come after. */
  index: number
  role: number
  country: number
  /** Which of the lexicon's types decides what it is; -1 where that is said by the masks alone. */
  typeIndex: number
  /** What it is for sure and what it could be besides, as masks of kinds. */
  sureLow: number
  sureHigh: number
  maybeLow: number
  maybeHigh: number
  charter: Truth
  nonProfit: Truth
  public: Truth
  europeanNgo: Truth
  /** Day, YYYY-MM-DD; empty when unknown. */
  established: string
  independentOf: Partner['independentOf']
}

/** One consortium as numbers: encoded once, checked against any number of actions. */
export type Encoded = {
  consortium: Consortium
  partners: EncodedPartner[]
  coordinator: EncodedPartner | undefined
  field: string | undefined
  durationMonths: number | undefined
  grantEur: number | undefined
  answers: Readonly<Record<string, unknown>>
  /** Somebody said of whom it is independent, so links between organisations have to be looked at. */
  linksStated: boolean
}

export function isEncoded(consortium: Consortium | Encoded): consortium is Encoded {
  return 'linksStated' in consortium
}

const noAnswers = Object.freeze({})

export function encode(consortium: Consortium, lexicon: Lexicon): Encoded {
  const partners: EncodedPartner[] = []
  let coordinator: EncodedPartner | undefined
  let linksStated = false
  for (let index = 0; index < consortium.partners.length; index++) {
    const encoded = encodePartner(consortium.partners[index]!, index, lexicon)
    if (encoded.role === COORDINATOR) coordinator = encoded
    if (encoded.independentOf !== undefined && encoded.independentOf !== true) linksStated = true
    partners.push(encoded)
  }
  return {
    consortium,
    partners,
    coordinator,
    field: consortium.field,
    durationMonths: consortium.durationMonths,
    grantEur: consortium.grantEur,
    answers: consortium.answers ?? noAnswers,
    linksStated
  }
}

export function encodePartner(partner: Partner, index: number, lexicon: Lexicon): EncodedPartner {
  const type = (partner.type !== null && lexicon.typeMasks.get(partner.type)) || lexicon.typeKinds[0]!
  let typeIndex = type.index
  let { low, high } = type.sure
  let maybeLow = type.maybe.low
  let maybeHigh = type.maybe.high
  const functions = partner.functions
  if (functions === null) {
    typeIndex = -1
    maybeLow = maybeHigh = -1
  } else if (functions !== undefined && functions.length > 0) {
    typeIndex = -1
    const declared = maskOf(functions, lexicon.kindIndex)
    low |= declared.low
    high |= declared.high
  }
  return {
    index,
    role: partner.role === null ? ROLE_UNKNOWN : roleBits[partner.role],
    country: partner.country === null ? 0 : (lexicon.countryIndex.get(partner.country) ?? 0),
    typeIndex,
    sureLow: low,
    sureHigh: high,
    maybeLow,
    maybeHigh,
    charter: said(partner.charter, MAYBE),
    nonProfit: said(partner.nonProfit, type.nonProfit),
    public: type.public,
    // A European NGO knows that it is one; left out means it is not.
    europeanNgo: partner.europeanNgo === undefined ? NO : said(partner.europeanNgo, MAYBE),
    established: partner.establishedOn ?? '',
    independentOf: partner.independentOf
  }
}

function said(value: boolean | null | undefined, otherwise: Truth): Truth {
  return value === true ? YES : value === false ? NO : otherwise
}
