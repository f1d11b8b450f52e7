import { z } from 'zod'
import { type Delta, isDelta } from '../writing/delta.ts'

/** What changed in a text. */
export const deltaSchema = z.custom<Delta>(isDelta, 'form.not-understood').meta({
  type: 'array',
  items: { type: 'array', items: { type: ['integer', 'string'] }, minItems: 3, maxItems: 3 },
  description: 'Each: at, units removed, text inserted; in UTF-16 units of the text of `base`, in order.'
})
