import type { Consortium, Partner } from './consortium.ts'
import {
  MAYBE,
  NO,
  YES,
  countryNumber,
  maskOf,
  type Kinds,
  type Lexicon,
  type Truth,
  type TypeKinds
} from './lexicon.ts'

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
  return {
    consortium,
    field: consortium.field,
    durationMonths: consortium.durationMonths,
    grantEur: consortium.grantEur,
    answers: consortium.answers ?? noAnswers,
    ...encodePartners(consortium, lexicon)
  }
}

/**
 * The same, but its organisations are encoded only when somebody asks for them: a single check mostly needs no more
 * than their marks. The consortium must not change afterwards.
 */
export function encodeLater(consortium: Consortium, lexicon: Lexicon): Encoded {
  return new EncodedLater(consortium, lexicon)
}

/** The organisations of a consortium that is encoded later, as long as nobody has asked for them. */
export function notYetEncoded(encoded: Encoded): readonly Partner[] | undefined {
  return encoded instanceof EncodedLater && !encoded.isEncodedNow ? encoded.consortium.partners : undefined
}

type Organisations = Pick<Encoded, 'partners' | 'coordinator' | 'linksStated'>

class EncodedLater implements Encoded {
  readonly consortium: Consortium
  readonly field: string | undefined
  readonly durationMonths: number | undefined
  readonly grantEur: number | undefined
  readonly answers: Readonly<Record<string, unknown>>
  readonly #lexicon: Lexicon
  #organisations: Organisations | undefined

  constructor(consortium: Consortium, lexicon: Lexicon) {
    this.consortium = consortium
    this.field = consortium.field
    this.durationMonths = consortium.durationMonths
    this.grantEur = consortium.grantEur
    this.answers = consortium.answers ?? noAnswers
    this.#lexicon = lexicon
  }

  get isEncodedNow(): boolean {
    return this.#organisations !== undefined
  }

  get partners(): EncodedPartner[] {
    return this.#encoded().partners
  }

  get coordinator(): EncodedPartner | undefined {
    return this.#encoded().coordinator
  }

  get linksStated(): boolean {
    return this.#encoded().linksStated
  }

  #encoded(): Organisations {
    return (this.#organisations ??= encodePartners(this.consortium, this.#lexicon))
  }
}

function encodePartners(consortium: Consortium, lexicon: Lexicon): Organisations {
  const partners: EncodedPartner[] = []
  let coordinator: EncodedPartner | undefined
  let linksStated = false
  for (let index = 0; index < consortium.partners.length; index++) {
    const encoded = encodePartner(consortium.partners[index]!, index, lexicon)
    if (encoded.role === COORDINATOR) coordinator = encoded
    if (encoded.independentOf !== undefined && encoded.independentOf !== true) linksStated = true
    partners.push(encoded)
  }
  return { partners, coordinator, linksStated }
}

function encodePartner(partner: Partner, index: number, lexicon: Lexicon): EncodedPartner {
  const type = typeOf(partner, lexicon)
  return {
    index,
    role: roleOf(partner.role),
    country: countryOf(partner, lexicon),
    kinds: kindsOf(partner, type, lexicon),
    papers: papersOf(partner, type),
    established: partner.establishedOn ?? '',
    independentOf: partner.independentOf
  }
}

export function roleOf(role: Partner['role']): number {
  // The commonest first.
  if (role === 'partner') return PARTNER
  if (role === 'coordinator') return COORDINATOR
  return role === null ? ROLE_UNKNOWN : roleBits[role]
}

export function countryOf({ country }: Partner, lexicon: Lexicon): number {
  return country === null ? 0 : countryNumber(country, lexicon)
}

export function typeOf({ type }: Partner, { typesByName, typeKinds }: Lexicon): TypeKinds {
  return (type !== null && typesByName[type]) || typeKinds[0]!
}

export function kindsOf({ functions }: Partner, type: Kinds, lexicon: Lexicon): Kinds {
  return functions === undefined ? type : withFunctions(type, functions, lexicon)
}

function withFunctions(type: Kinds, functions: readonly string[] | null, { kindIndex }: Lexicon): Kinds {
  if (functions === null) return { index: -1, sure: type.sure, maybe: { low: -1, high: -1 } }
  if (functions.length === 0) return type
  const declared = maskOf(functions, kindIndex)
  const sure = { low: type.sure.low | declared.low, high: type.sure.high | declared.high }
  return { index: -1, sure, maybe: type.maybe }
}

export function papersOf({ charter, nonProfit, europeanNgo }: Partner, type: TypeKinds): number {
  return (
    (said(charter, MAYBE) << CHARTER) |
    (said(nonProfit, type.nonProfit) << NON_PROFIT) |
    (type.public << PUBLIC) |
    // A European NGO knows that it is one; left out means it is not.
    ((europeanNgo === undefined ? NO : said(europeanNgo, MAYBE)) << EUROPEAN_NGO)
  )
}

function said(value: boolean | null | undefined, otherwise: Truth): Truth {
  return value === true ? YES : value === false ? NO : otherwise
}

/** Whether a paper would prove it. */
export function proves({ papers }: EncodedPartner, paper: Paper): Truth {
  return ((papers >> paper) & 3) as Truth
}
