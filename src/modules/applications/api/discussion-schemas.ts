import { z } from 'zod'
import { oneOf, optionalParagraphs, paragraphs } from '#shared/forms/fields.ts'
import { decisions } from '../actions/decide-suggestion.ts'
import { endings } from '../actions/end-task.ts'
import { deltaSchema } from './delta-schema.ts'

/** What talking about a draft takes; the OpenAPI document is made from these. */

/** A version, or a place in a text. */
export const count = z.int('form.not-a-number').min(0, 'form.too-small')

const path = z
  .string('form.missing')
  .max(200, 'form.too-long')
  .meta({ description: 'Of a field or a section, as in `asked` of the form.' })
const id = z.uuid('form.not-understood')
const mostNamed = 50
const mostQuoted = 4000 // not of a guide: units

const quote = z.object({
  text: z.string('form.missing').min(1, 'form.missing').max(mostQuoted, 'form.too-long'),
  from: count,
  to: count,
  version: count
})

export const comment = z.object({
  path,
  text: paragraphs(),
  answers: id.optional().meta({ description: 'The comment that began the talk.' }),
  quote: quote.optional().meta({ description: 'Words of a version of the text, in UTF-16 units.' }),
  mentions: z.array(id).max(mostNamed, 'form.too-large').optional(),
  form: id.optional().meta({ description: 'A UUID: the same words sent twice with it are said once.' })
})

const base = count.meta({ description: 'The version that it is a change of.' })
const note = optionalParagraphs()

export const suggestion = z.union(
  [
    z.strictObject({ path, note, base, text: z.string('form.missing') }),
    z.strictObject({ path, note, base, delta: deltaSchema })
  ],
  'form.not-understood'
)

export const deciding = z.object({ decision: oneOf(decisions) })

export const task = z.object({ path, person: id.meta({ description: 'One of the colleagues.' }), note })

export const ending = z.object({ ending: oneOf(endings) })

export const restoring = z.object({ version: count })
