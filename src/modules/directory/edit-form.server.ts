import { z } from 'zod'
import { countryCode, fields } from '#modules/programmes'
import {
  anyOf,
  emailAddress,
  line,
  oneOf,
  optional,
  optionalDay,
  optionalLine,
  optionalParagraphs,
  optionalWebAddress,
  wholeNumber
} from '#shared/forms/fields.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { type Contact, bodyKinds } from './body.ts'
import { purposes } from './mandate.ts'
import type { SourceRef } from './source.ts'

/** What administrators and heads type about bodies, units and mandates: schemas, and what is kept of it. */

/** With which revision somebody began to edit: who was second is shown what the first changed. */
export const revision = () => wholeNumber(0, 1_000_000) // not of a guide: revisions

const country = () =>
  optional(
    z
      .string()
      .transform((given) => countryCode(given) ?? '')
      .pipe(z.string().min(2, 'directory.edit.no-country'))
  )

/** Codes of countries, written one after the other: “LV, EE”. None is undefined: any country. */
const countries = () =>
  optional(
    z
      .string()
      .transform((given) =>
        given
          .split(/[\s,;]+/)
          .filter(Boolean)
          .map((code) => countryCode(code) ?? '')
      )
      .pipe(z.array(z.string()).refine((codes) => codes.every(Boolean), 'directory.edit.no-country'))
  )

const contacts = {
  website: optionalWebAddress(),
  email: optional(emailAddress()),
  phone: optionalLine(40),
  address: optionalParagraphs(300)
}

/** Where it is written: words, an address, or both. */
const source = { sourceTitle: optionalLine(200), sourceUrl: optionalWebAddress() }

export const bodySchema = z.object({
  nameLv: line(200),
  nameEn: line(200),
  short: optionalLine(20),
  kinds: anyOf(bodyKinds).pipe(z.array(z.enum(bodyKinds)).min(1, 'form.missing')),
  country: country(),
  doesLv: optionalParagraphs(600),
  doesEn: optionalParagraphs(600),
  supervisedBy: optionalLine(60),
  checked: optionalDay(),
  ended: optionalDay(),
  ...contacts,
  ...source
})
export type BodyGiven = z.output<typeof bodySchema>

export const unitSchema = z.object({
  nameLv: line(200),
  nameEn: line(200),
  ended: optionalDay(),
  ...contacts,
  ...source
})
export type UnitGiven = z.output<typeof unitSchema>

export const mandateSchema = z
  .object({
    purpose: oneOf(purposes),
    unit: optional(z.uuid('form.not-offered')),
    countries: countries(),
    fields: anyOf(fields),
    actions: z.preprocess(
      (given) => (given === undefined || given === '' ? [] : Array.isArray(given) ? given : [given]),
      z.array(z.string().max(100, 'form.not-offered')).max(100, 'form.not-offered')
    ),
    from: optionalDay(),
    until: optionalDay(),
    noteLv: optionalLine(300),
    noteEn: optionalLine(300),
    checked: optionalDay(),
    ...source
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ['until'],
    message: 'directory.substitute.order'
  })
export type MandateGiven = z.output<typeof mandateSchema>

/** Both languages or none: what was given in one only is shown in both. */
export function wordsOf(lv: string | undefined, en: string | undefined): Words | null {
  if (lv === undefined && en === undefined) return null
  return { lv: lv ?? en!, en: en ?? lv! }
}

/** The source that was typed; undefined when none was. */
export function sourceOf({
  sourceTitle,
  sourceUrl
}: {
  sourceTitle?: string | undefined
  sourceUrl?: string | undefined
}): SourceRef | undefined {
  if (!sourceTitle && !sourceUrl) return undefined
  return { ...(sourceTitle && { title: sourceTitle }), ...(sourceUrl && { url: sourceUrl }) }
}

type ContactsGiven = Pick<
  BodyGiven,
  'website' | 'email' | 'phone' | 'address' | 'sourceTitle' | 'sourceUrl'
> & {
  checked?: string | undefined
}

/**
 * The contacts as they are kept: what did not change keeps its source; what did gets the one that was typed. Contacts
 * with a purpose of their own (a portal, for instance) are not in the form and stay.
 */
export function contactsOf(given: ContactsGiven, before: readonly Contact[]): Contact[] {
  const typed = sourceOf(given)
  const plain = (['website', 'email', 'phone', 'address'] as const).flatMap((kind): Contact[] => {
    const value = given[kind]
    if (!value) return []
    const known = before.find((contact) => contact.kind === kind && !contact.about && contact.value === value)
    if (known) return [known]
    return [{ kind, value, sources: typed ? [typed] : [], checked: given.checked ?? null }]
  })
  return [...plain, ...before.filter(({ about }) => about)]
}
