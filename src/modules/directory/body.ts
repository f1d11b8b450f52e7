import type { Words } from '#shared/rules/vocabulary.ts'
import type { Language } from '#shared/texts/language.ts'
import type { SourceRef } from './source.ts'

/** What a body can be. The list is that of programmes/schema/bodies.json; a test compares. */
export const bodyKinds = [
  'commission',
  'executive-agency',
  'research-centre',
  'national-authority',
  'national-agency',
  'national-erasmus-office',
  'national-focal-point',
  'naric-centre',
  'eurodesk-centre',
  'euroguidance-centre',
  'eqf-coordination-point',
  'europass-centre',
  'eqavet-reference-point',
  'eurydice-unit',
  'youth-wiki-correspondent',
  'here-team',
  'vet-team',
  'salto-centre',
  'national-support-service',
  'central-support-service',
  'ewp-competence-centre',
  'europe-direct-centre',
  'eu-delegation',
  'international-organisation'
] as const
export type BodyKind = (typeof bodyKinds)[number]

export const contactKinds = ['website', 'email', 'phone', 'address'] as const

/** How a body or a unit is reached: only what somebody stated, with where and when that was checked. */
export type Contact = {
  kind: (typeof contactKinds)[number]
  value: string
  about?: Words | undefined
  sources: SourceRef[]
  /** Day, YYYY-MM-DD. */
  checked: string | null
}

export type FormerName = { names: Words; until?: string | undefined; sources: SourceRef[] }

/** A body that carries out or supports the programme. */
export type Body = {
  /** Stays for ever, such as lv-viaa. */
  id: string
  /** The main thing first. */
  kinds: BodyKind[]
  /** ISO 3166-1 alpha-2; null: it works for all of Europe. */
  country: string | null
  short: string | null
  names: Words
  formerNames: FormerName[]
  does: Words | null
  supervisedBy: string | null
  contacts: Contact[]
  sources: SourceRef[]
  /** The day on which it was last held against its sources, YYYY-MM-DD. */
  checked: string | null
  /** Its last day, YYYY-MM-DD. */
  endedOn: string | null
  revision: number
  /** By a person here, or as shipped. */
  edited: boolean
}

/** A part of a body, such as the school sector: with its own mandates, contacts and queue. */
export type Unit = {
  id: string
  body: string
  names: Words
  contacts: Contact[]
  endedOn: string | null
  revision: number
}

/** What people call it: the short name where it has one. */
export function calledIn(language: Language, { short, names }: Pick<Body, 'short' | 'names'>): string {
  return short ?? names[language]
}
