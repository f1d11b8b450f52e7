import type { Consortium, Partner } from './consortium.ts'
import { MAYBE, NO, YES, countryNumber, maskOf, type Kinds, type Lexicon, type Truth } from './lexicon.ts'

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

/** What papers would prove of an organisation: each is yes, no or not known. */
export const CHARTER = 0
export const NON_PROFIT = 2
export const PUBLIC = 4
export const EUROPEAN_NGO = 6
export type Paper = typeof CHARTER | typeof NON_PROFIT | typeof PUBLIC | typeof EUROPEAN_NGO

/** One organisation as numbers. */
export type EncodedPartner = {
  /** Its position in the consortium; added organisations come after. */
  index: number
  role: number
  country: number
  kinds: Kinds
  /** What papers would prove, two bits each: see `proves`. */
  papers: number
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
  const type = (partner.type !== null && lexicon.typesByName[partner.type]) || lexicon.typeKinds[0]!
  return {
    index,
    role: roleOf(partner.role),
    country: partner.country === null ? 0 : countryNumber(partner.country, lexicon),
    kinds: partner.functions === undefined ? type : withFunctions(type, partner.functions, lexicon),
    papers:
      (said(partner.charter, MAYBE) << CHARTER) |
      (said(partner.nonProfit, type.nonProfit) << NON_PROFIT) |
      (type.public << PUBLIC) |
      // A European NGO knows that it is one; left out means it is not.
      (partner.europeanNgo === undefined ? NO : said(partner.europeanNgo, MAYBE) << EUROPEAN_NGO),
    established: partner.establishedOn ?? '',
    independentOf: partner.independentOf
  }
}

/** Whether a paper would prove it. */
export function proves({ papers }: EncodedPartner, paper: Paper): Truth {
  return ((papers >> paper) & 3) as Truth
}

function roleOf(role: Partner['role']): number {
  // The commonest first.
  if (role === 'partner') return PARTNER
  if (role === 'coordinator') return COORDINATOR
  return role === null ? ROLE_UNKNOWN : roleBits[role]
}

function withFunctions(type: Kinds, functions: readonly string[] | null, { kindIndex }: Lexicon): Kinds {
  if (functions === null) return { index: -1, sure: type.sure, maybe: { low: -1, high: -1 } }
  if (functions.length === 0) return type
  const declared = maskOf(functions, kindIndex)
  const sure = { low: type.sure.low | declared.low, high: type.sure.high | declared.high }
  return { index: -1, sure, maybe: type.maybe }
}

function said(value: boolean | null | undefined, otherwise: Truth): Truth {
  return value === true ? YES : value === false ? NO : otherwise
}
