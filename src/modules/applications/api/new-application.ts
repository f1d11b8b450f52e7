import type { Context } from 'hono'
import { z } from 'zod'
import { line, oneOf } from '#shared/forms/fields.ts'
import { type Refused, invalid } from '#shared/forms/refused.ts'
import { languages } from '#shared/texts/language.ts'

/** What beginning an application takes, also with the answers of an earlier one. */
export const newApplication = z.object({
  call: line(),
  action: line().optional(),
  field: line(),
  organisation: z.uuid('form.not-offered').meta({ description: 'That coordinates it: of the caller.' }),
  title: line(),
  language: oneOf(languages)
})

/** One as it may be sent. */
export const exampleApplication = {
  call: '2026-lv-viaa-2',
  action: 'small-scale-partnerships',
  field: 'school',
  organisation: 'af766731-1a08-44ad-a6cf-0508b9efef66',
  title: 'Reading together',
  language: 'en'
}

/** The Idempotency-Key of a request, by which it is done once; {} where there is none. */
export function onceBy(c: Context): { form?: string } | Refused {
  const form = c.req.header('idempotency-key')
  if (form === undefined) return {}
  return z.uuid().safeParse(form).success ? { form } : invalid('', 'form.not-understood')
}
