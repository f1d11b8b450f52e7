import { z } from 'zod'
import { isLongerThan, tidyLine, tidyParagraphs } from './tidy-text.ts'

/**
 * Kinds of field, as schemas that put right what can be put right and say the rest as a text key of texts/…/form.json.
 * For the server only: zod is not sent to browsers.
 */

export { tidyLine, tidyParagraphs }

const text = z.string({ error: 'form.missing' })
const severalLines = 4000 // not of a guide: characters

/** No more than so many characters, as people count them. */
export const atMost =
  (most: number): z.core.CheckFn<string> =>
  ({ value, issues }) => {
    if (!isLongerThan(value, most)) return
    issues.push({
      ...{ code: 'too_big', origin: 'string', maximum: most, inclusive: true, input: value },
      message: 'form.too-long',
      // What else is wrong is said in the same answer.
      continue: true
    })
  }

/** For whom it is described: the OpenAPI document. */
const upTo = (most: number) => ({ description: `At most ${most} characters, as people count them.` })

/** One line that must be given. @param most characters */
export const line = (most = 200) =>
  text
    .transform(tidyLine)
    .pipe(z.string().min(1, 'form.missing').check(atMost(most)))
    .meta(upTo(most))

/** One line, or nothing: undefined. @param most characters */
export const optionalLine = (most = 200) =>
  optional(text.transform(tidyLine).pipe(z.string().check(atMost(most)))).meta(upTo(most))

/** Several lines that must be given. @param most characters */
export const paragraphs = (most = severalLines) =>
  text
    .transform(tidyParagraphs)
    .pipe(z.string().min(1, 'form.missing').check(atMost(most)))
    .meta(upTo(most))

/** Several lines, or nothing: undefined. @param most characters */
export const optionalParagraphs = (most = severalLines) =>
  optional(text.transform(tidyParagraphs).pipe(z.string().check(atMost(most)))).meta(upTo(most))

/** One of some values. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: (issue) => (issue.input ? 'form.not-offered' : 'form.missing') })

/** One of some values, or nothing: undefined. */
export const optionalOneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  optional(oneOf(values))

/** Any of some values; none is []. */
export const anyOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.preprocess(
    (given) => (given === undefined || given === '' ? [] : Array.isArray(given) ? given : [given]),
    z.array(z.enum(values, 'form.not-offered'))
  )

/** A box that is ticked. */
export const ticked = () =>
  z.preprocess(
    (given) => given === true || given === 'on' || given === 'yes' || given === 'true',
    z.boolean()
  )

/** A whole number. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? Number(given.replace(/[\s\u00a0]/g, '') || NaN) : given),
    z
      .number('form.not-a-number')
      .int('form.not-a-number')
      .min(least, 'form.too-small')
      .max(most, 'form.too-large')
  )

/** An e-mail address, as it is written; the part after @ in lower case. */
export const emailAddress = () =>
  text
    .transform((given) => tidyLine(given).replace(/@.*$/, (domain) => domain.toLowerCase()))
    .pipe(z.string().min(1, 'form.missing').max(254, 'form.too-long'))
    .pipe(
      z
        .string()
        .regex(
          /^[^\s@<>",;:()[\]\\]+@([a-z0-9\p{L}]([a-z0-9\p{L}-]*[a-z0-9\p{L}])?\.)+[a-z\p{L}]{2,}$/u,
          'form.not-an-email'
        )
        .refine((address) => !/\p{Default_Ignorable_Code_Point}/u.test(address), 'form.not-an-email')
        .refine((address) => !mixesAlphabets(address), 'form.mixed-letters')
    )

// Their letters look like each other's: the о of another alphabet leads to another's mailbox.
const alphabets = ['Latin', 'Cyrillic', 'Greek', 'Armenian'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u')
)

/** Whether letters of different alphabets stand side by side in a part of an address. */
function mixesAlphabets(address: string): boolean {
  return address.split(/[@.]/).some((part) => alphabets.filter((one) => one.test(part)).length > 1)
}

/** The address of a page, https:// put in front where nothing stands; only http and https. */
export const webAddress = () =>
  text
    .transform((given) => {
      const tidy = tidyLine(given)
      return tidy === '' || /^[a-z][a-z0-9+.-]*:/i.test(tidy) ? tidy : `https://${tidy}`
    })
    .pipe(z.string().min(1, 'form.missing').max(500, 'form.too-long'))
    .pipe(z.string().refine(isWebAddress, 'form.not-a-web-address'))

/** The address of a page, or nothing. */
export const optionalWebAddress = () => optional(webAddress())

/** A day: 2026-03-05. */
export const day = () =>
  text.transform(tidyLine).pipe(z.string().min(1, 'form.missing')).pipe(z.iso.date('form.not-a-day'))

/** A day, or nothing. */
export const optionalDay = () => optional(day())

/** The same, where nothing (or only spaces) was given: undefined. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (given) => (typeof given === 'string' && tidyLine(given) === '' ? undefined : (given ?? undefined)),
    schema.optional()
  )
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && hostname.includes('.') && username === '' && password === ''
}
