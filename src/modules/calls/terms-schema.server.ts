import { z } from 'zod'
import { fields } from '#modules/programmes'
import { atMost, emailAddress, tidyLine, tidyParagraphs, webAddress } from '#shared/forms/fields.ts'
import { splitKinds } from './call.ts'

/** What a call may say, as it is kept: the shape of a draft, which may be incomplete. Messages are text keys. */

/** The most cents that a budget may have: well below what a number counts exactly. */
const mostCents = 100_000_000_000_00 // not of a guide: cents

const line = (most: number) =>
  z
    .string('form.not-understood')
    .transform(tidyLine)
    .pipe(z.string().check(atMost(most)))
const paragraphs = (most: number) =>
  z
    .string('form.not-understood')
    .transform(tidyParagraphs)
    .pipe(z.string().check(atMost(most)))
const languageCode = z.string().regex(/^[a-z]{2,3}$/, 'form.not-offered')
const list = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item, 'form.not-understood').max(most, 'form.too-large')
const cents = z
  .number('form.not-a-number')
  .int('form.not-a-number')
  .min(0, 'form.too-small')
  .max(mostCents, 'form.too-large')
const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal(''), schema], { error: (issue) => unionMessage(issue) })

/** Of several ways that failed, the last says why: the first is only '' . */
function unionMessage(issue: z.core.$ZodRawIssue): string {
  const errors = (issue as { errors?: z.core.$ZodIssue[][] }).errors
  return errors?.at(-1)?.[0]?.message ?? 'form.not-understood'
}

const translated = (text: z.ZodType<string, string>) =>
  z
    .record(languageCode, text)
    .transform((texts) => Object.fromEntries(Object.entries(texts).filter(([, one]) => one !== '')))
const moment = z
  .object({
    day: z.iso.date('form.not-a-day'),
    hour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'calls.problem.hour')
  })
  .nullable()

const action = z.object({
  action: z.string().regex(/^[a-z0-9-]{1,80}$/, 'form.not-offered'),
  fields: list(z.enum(fields, 'form.not-offered'), fields.length),
  round: z.number().int().min(1, 'form.too-small').max(9, 'form.too-large').optional(),
  strands: list(line(120), 20).optional()
})

export const termsSchema = z.object({
  title: translated(line(200)),
  text: translated(paragraphs(20_000)),
  actions: list(action, 40),
  opens: moment,
  deadline: moment,
  departure: paragraphs(2000),
  budget: z.object({
    cents: cents.nullable(),
    splits: list(
      z.object({
        by: z.enum(splitKinds, 'form.not-offered'),
        parts: list(z.object({ of: line(120).pipe(z.string().min(1, 'form.missing')), cents }), 100)
      }),
      splitKinds.length
    )
  }),
  priorities: list(z.string().regex(/^[a-z0-9-]{1,80}$/, 'form.not-offered'), 60),
  applicants: translated(paragraphs(4000)), // not of a guide: characters
  documents: list(
    z.object({
      title: line(200).pipe(z.string().min(1, 'form.missing')),
      language: orNothing(languageCode),
      address: documentAddress()
    }),
    40
  ),
  contact: z.object({
    name: line(200),
    email: orNothing(emailAddress()),
    phone: line(60),
    page: orNothing(webAddress())
  }),
  languages: list(languageCode, 40),
  assessment: z.object({
    experts: list(
      z.object({
        upToCents: cents.nullable(),
        experts: z
          .number('form.not-a-number')
          .int('form.not-a-number')
          .min(1, 'form.too-small')
          .max(9, 'form.too-large')
      }),
      6
    ),
    thirdExpert: z
      .object({
        abovePoints: z
          .number('form.not-a-number')
          .int('form.not-a-number')
          .min(1, 'form.too-small')
          .max(100, 'form.too-large'),
        unlessBothBelowThreshold: z.boolean()
      })
      .nullable(),
    consolidation: z.enum(['agreed', 'average'], 'form.not-offered'),
    thresholdPoints: z
      .number('form.not-a-number')
      .min(0, 'form.too-small')
      .max(1000, 'form.too-large')
      .nullable()
  }),
  rules: z
    .string('form.not-understood')
    .transform((text) => text.replace(/\r\n?/g, '\n').trimEnd())
    .pipe(z.string().max(60_000, 'form.too-long')) // not of a guide: characters
})

/** A change of some of the terms; what is not named stays. */
export const changeSchema = termsSchema.partial()

/** A page on the web, or a file kept here (/calls/documents/…). */
function documentAddress() {
  return z.union([z.string().regex(/^\/calls\/documents\/[0-9a-f-]{36}$/), webAddress()], {
    error: (issue) => unionMessage(issue)
  })
}
