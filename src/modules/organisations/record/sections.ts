import type { FactKind } from './fact.ts'

/** The steps in which a record is edited, in their order; each is a small form. */
export const sections = ['names', 'place', 'type', 'identifiers', 'interests'] as const

export type Section = (typeof sections)[number]

/** The kinds of fact that a step is about. */
export const kindsOfSection: Readonly<Record<Section, readonly FactKind[]>> = {
  names: ['legal-name', 'latin-name', 'name'],
  place: ['country', 'region', 'city', 'street', 'postcode', 'website'],
  type: ['type', 'type-code', 'size', 'ownership', 'non-profit'],
  identifiers: ['oid', 'pic', 'erasmus-code', 'register-number', 'schac', 'domain'],
  interests: ['field', 'topic', 'language', 'description']
}

/** How many people work there. */
export const sizes = ['1-9', '10-49', '50-249', '250-and-more'] as const

export type Size = (typeof sizes)[number]

export const ownerships = ['public', 'private'] as const

/** Languages in which organisations work and have names: ISO 639-1, those of Europe and its neighbours. */
export const workLanguages =
  'ar az be bg bs ca cs da de el en es et eu fi fr ga gl he hr hu hy is it ka kk lb lt lv mk mt nl no pl pt ro ru sk sl sq sr sv tr uk'.split(
    ' '
  )

/** How many other names, and how many domains, a record holds at most. */
export const mostNames = 20
export const mostDomains = 10
