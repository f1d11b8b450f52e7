import type { Typed } from '#shared/forms/read-form.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Language } from '#shared/texts/language.ts'
import type { ContactPurpose } from '../../record/contact.ts'
import type { FactGroup } from '../../record/fact.ts'
import type { OrganisationTexts } from '../organisation-page.ts'

type Option = { value: string; label: string }

/** What each step's fields are given. */
export type StepProps = {
  typed: Typed
  form: ReturnedForm | null
  choices: {
    countries: Option[]
    regions: Option[]
    types: Option[]
    typeCodes: Option[]
    topics: Option[]
    languages: Option[]
    groups: readonly FactGroup[]
    purposes: readonly ContactPurpose[]
    mostContacts: number
  }
  t: OrganisationTexts
  language: Language
}

/** The one value of a field. */
export function textOf(typed: Typed, name: string): string {
  const value = typed[name] ?? ''
  return Array.isArray(value) ? (value.at(-1) ?? '') : value
}

/** All values of a field. */
export function listOf(typed: Typed, name: string): string[] {
  const value = typed[name] ?? []
  return Array.isArray(value) ? value : [value]
}
