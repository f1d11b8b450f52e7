import type { Words } from '#shared/rules/vocabulary.ts'
import type { Field, SourceRef } from './programme-data.ts'

/** A day, YYYY-MM-DD. */
type Day = string

/** How a body is reached; only what a source states. */
export type ContactData = {
  kind: 'website' | 'email' | 'phone' | 'address'
  value: string
  about?: Words
  sources: SourceRef[]
  checked?: Day
}

/** What a body is for: country × field × action × time. What is left out is not limited. */
export type MandateData = {
  id: string
  purpose: string
  countries?: string[]
  fields?: Field[]
  actions?: string[]
  from?: Day
  until?: Day
  note?: Words
  sources: SourceRef[]
  checked?: Day
}

/** parameters/bodies.yaml: kinds and purposes are listed in schema/bodies.json; `directory` gives them their meaning. */
export type BodyData = {
  id: string
  kinds: string[]
  /** ISO 3166-1 alpha-2; left out: it works for all of Europe. */
  country?: string
  short?: string
  names: Words
  'former-names'?: { names: Words; until?: string; sources: SourceRef[] }[]
  does?: Words
  'supervised-by'?: string
  ended?: Day
  sources: SourceRef[]
  checked: Day
  contacts?: ContactData[]
  mandates: MandateData[]
}
