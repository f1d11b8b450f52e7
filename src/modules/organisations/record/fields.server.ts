import { z } from 'zod'
import { atMost, optional, tidyLine } from '#shared/forms/fields.ts'
import type { TextKey } from '#shared/texts/language.ts'
import { isSharedHost } from '../domains/shared-hosts.ts'
import { readCountry } from '../identifiers/country.ts'
import { readDomain, readSchacHome } from '../identifiers/domain.ts'
import { readErasmusCode } from '../identifiers/erasmus-code.ts'
import type { ReadIdentifier } from '../identifiers/identifier.ts'
import { readLatvianNumber } from '../identifiers/latvian-number.ts'
import { readNuts } from '../identifiers/nuts.ts'
import { readOid } from '../identifiers/oid.ts'
import { readPic } from '../identifiers/pic.ts'
import { mostDomains } from './sections.ts'

/** Fields of the forms of this module; messages are text keys. */

const longestName = 300
const text = z.string({ error: 'form.missing' })

// Emoji and what else only looks like a name; angle brackets, since a name is shown in many places.
const noName = /[<>{}\p{Extended_Pictographic}\p{Co}\p{Cn}]/u
const signsInNames = /[©®™]/g

/** The name of an organisation: has letters, in any alphabet. */
export const nameField = () =>
  text
    .transform(tidyLine)
    .pipe(z.string().min(1, 'form.missing').check(atMost(longestName)))
    .refine((name) => !noName.test(name.replace(signsInNames, '')), 'organisations.problem.name-signs')
    .refine((name) => /\p{L}/u.test(name), 'organisations.problem.name-letters')

/** Another name, or nothing. */
export const optionalNameField = () => optional(nameField())

/** A name in Latin letters, or nothing. */
export const latinNameField = () =>
  optional(nameField().refine((name) => /\p{Script=Latin}/u.test(name), 'organisations.problem.name-latin'))

/** A country, by its code. */
export const countryField = () =>
  text
    .pipe(z.string().min(1, 'form.missing'))
    .transform((written, context) => readWith(readCountry, written, context))

const readers = {
  oid: readOid,
  pic: readPic,
  'erasmus-code': readErasmusCode,
  schac: readSchacHome
} as const satisfies Record<string, (written: string) => ReadIdentifier>

/** An identifier in its one spelling, or nothing. */
export const identifierField = (kind: keyof typeof readers) =>
  optional(text.transform((written, context) => readWith(readers[kind], written, context)))

/** A NUTS region, or nothing. */
export const regionField = () =>
  optional(text.transform((written, context) => readWith(readNuts, written, context)))

/** Web domains, apart by blanks or lines; those of mail providers and the like are nobody's own. */
export const domainsField = () =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? tidyLine(given)
            .split(/[ ,;]+/)
            .filter(Boolean)
        : (given ?? []),
    z
      .array(text.transform((written, context) => readWith(readDomain, written, context)))
      .max(mostDomains, 'organisations.problem.too-many-domains')
      .refine((domains) => !domains.some(isSharedHost), 'organisations.problem.shared-host')
      .transform((domains) => [...new Set(domains)])
  )

/**
 * What is wrong with a number in a national register. Latvia's is known; of other registers only that letters and
 * digits make a number.
 */
export function registerNumberProblem(country: string, number: string | undefined): TextKey | undefined {
  if (number === undefined) return undefined
  if (country !== 'LV')
    return /^[\p{L}\d][\p{L}\d ./-]*$/u.test(number) && /\d/.test(number)
      ? undefined
      : 'organisations.problem.register-number'
  const read = readLatvianNumber(number)
  return 'problem' in read ? `identifiers.problem.${read.problem}` : undefined
}

/** A register number in its one spelling; one that has a problem stays as it is. */
export function registerNumberOf(country: string, number: string): string {
  const read = country === 'LV' ? readLatvianNumber(number) : undefined
  return read && 'value' in read ? read.value : number
}

function readWith(
  read: (written: string) => ReadIdentifier,
  written: string,
  context: z.core.$RefinementCtx<string>
): string {
  const found = read(tidyLine(written))
  if ('value' in found) return found.value
  context.issues.push({ code: 'custom', message: `identifiers.problem.${found.problem}`, input: written })
  return z.NEVER
}
