import { z } from 'zod'
import { fields } from '#modules/programmes'
import { bodyKinds, contactKinds } from './body.ts'
import { purposes } from './mandate.ts'

/** What the machines' door of the directory says; the OpenAPI document is made from these. */

const words = z.object({ en: z.string(), lv: z.string() }).meta({ description: 'In English and Latvian.' })
const day = z.string().meta({ description: 'Day, YYYY-MM-DD.' })
const source = z.object({
  document: z.string(),
  title: z.string(),
  titles: words.optional().meta({ description: 'Where the title is ours and no document’s own.' }),
  kind: z.enum(['document', 'page']),
  at: z.string().optional().meta({ description: 'Page or heading.' }),
  url: z.string().optional()
})
const contact = z.object({
  kind: z.enum(contactKinds),
  value: z.string(),
  about: words.optional(),
  sources: z.array(source),
  checked: day.nullable()
})

export const mandateSchema = z.object({
  id: z.string(),
  unit: z.string().nullable().meta({ description: 'null: of the body as a whole.' }),
  purpose: z.enum(purposes),
  countries: z.array(z.string()).nullable().meta({ description: 'ISO 3166-1 alpha-2. null: any.' }),
  fields: z.array(z.enum(fields)).nullable().meta({ description: 'null: any.' }),
  actions: z.array(z.string()).nullable().meta({ description: 'null: any.' }),
  from: day.nullable().meta({ description: 'Its first day; null: not known.' }),
  until: day.nullable().meta({ description: 'Its last day; null: not ended.' }),
  note: words.nullable(),
  sources: z.array(source),
  checked: day.nullable()
})

export const bodySchema = z.object({
  id: z.string(),
  kinds: z.array(z.enum(bodyKinds)).meta({ description: 'The main thing first.' }),
  country: z.string().nullable().meta({ description: 'null: it works for all of Europe.' }),
  short: z.string().nullable(),
  names: words,
  formerNames: z.array(z.object({ names: words, until: z.string().optional(), sources: z.array(source) })),
  does: words.nullable(),
  supervisedBy: z.string().nullable(),
  contacts: z.array(contact).meta({ description: 'Only what a source states.' }),
  units: z.array(z.object({ id: z.string(), names: words, contacts: z.array(contact) })),
  mandates: z.array(mandateSchema),
  sources: z.array(source),
  checked: day.nullable(),
  endedOn: day.nullable()
})

const handler = z.object({
  body: z.string(),
  names: words,
  short: z.string().nullable(),
  unit: words.nullable(),
  website: z.string().nullable(),
  mandate: mandateSchema
})

export const handlingSchema = z.object({
  fields: z.array(z.enum(fields)),
  managedBy: z.enum(['national-agency', 'executive-agency']),
  note: words.optional(),
  onlyEuropeanNgo: z.boolean(),
  handlers: z
    .array(handler)
    .meta({ description: 'One as a rule; several: equal mandates; none: see missing.' }),
  missing: z.enum(['country', 'nobody', 'not-that-day']).optional()
})
