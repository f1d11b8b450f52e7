import { z } from 'zod'
import { line, oneOf, paragraphs } from '#shared/forms/fields.ts'

/** What handing in takes; the OpenAPI document is made from these. */

const form = z.uuid('form.not-understood').meta({
  description: 'A UUID of the sender’s: sent again with it, it happens once.'
})

export const submitting = z.object({
  declaration: line().meta({ description: 'The version of the declaration of honour that is agreed to.' }),
  form: form.optional()
})

export const withdrawing = z.object({ reason: paragraphs() })

export const claiming = z.object({
  what: oneOf(['save', 'submit']),
  at: z.iso.datetime({ offset: true, error: 'form.not-understood' }),
  why: line(),
  form
})

export const bringing = z.object({
  receipt: z.json().meta({ description: 'As it was given.' }),
  content: z.json().optional().meta({ description: 'What may belong to it.' })
})
