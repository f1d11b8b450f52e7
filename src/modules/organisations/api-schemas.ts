import { z } from 'zod'
import { factGroups, factKinds, levels } from './record/fact.ts'
import { facets } from './search/search-question.ts'

/** What the machines' door says; the OpenAPI document is made from these. */

export const levelSchema = z.enum(levels).meta({
  description: 'How sure it is: what only the organisation says, up to what stands in an official list.'
})

export const suggestionSchema = z.object({
  id: z.uuid(),
  code: z.string().meta({ description: 'Its own code, such as KP-7F3K-9QXM.' }),
  name: z.string(),
  also: z.string().optional().meta({ description: 'The name by which it was found, where it is another.' }),
  country: z.string(),
  city: z.string().optional(),
  type: z.string().optional(),
  level: levelSchema,
  charterUntil: z.string().optional()
})

const countSchema = z.array(z.object({ value: z.string(), count: z.number().int() }))

export const listSchema = z.object({
  total: z.number().int(),
  page: z.number().int(),
  pages: z.number().int(),
  organisations: z.array(suggestionSchema),
  facets: z.record(z.enum(facets), countSchema)
})

const factSchema = z.object({
  kind: z.enum(Object.keys(factKinds) as [keyof typeof factKinds]),
  detail: z
    .string()
    .meta({ description: 'What tells facts of a kind apart: a language, a country, or nothing.' }),
  value: z.string(),
  validFrom: z.string().optional(),
  validUntil: z.string().optional(),
  level: levelSchema,
  by: z.array(
    z.object({
      source: z.enum(['organisation', 'officer', 'list']),
      level: levelSchema,
      evidence: z.string().optional(),
      statedAt: z.string()
    })
  )
})

export const organisationSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  revision: z.number().int().meta({ description: 'Say it when you change the record.' }),
  name: z.string(),
  latinName: z.string().optional(),
  country: z.string(),
  city: z.string().optional(),
  type: z.string().optional(),
  level: levelSchema,
  shown: z
    .array(z.enum(factGroups))
    .meta({ description: 'What it shows to everybody beside name, place and type.' }),
  facts: z.array(factSchema)
})

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  reason: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.object({ en: z.string(), lv: z.string() }) }))
})

/** One section of a record; its fields are read by the section’s own form. */
export const changeSchema = z.looseObject({
  revision: z
    .number('form.not-a-number')
    .int('form.not-a-number')
    .meta({ description: 'The one that you saw.' })
})

/** Its values are read by registrationSchema, whose types are those of the programme. */
export const registrationShape = z.object({
  name: z.string().meta({ description: 'In its own language and letters.' }),
  latinName: z.string().optional().meta({ description: 'In Latin letters, where the name is in others.' }),
  country: z.string().meta({ description: 'ISO 3166-1 alpha-2.' }),
  city: z.string().optional(),
  type: z.string().meta({ description: 'Of organisation-types.yaml.' }),
  website: z.string().optional(),
  oid: z.string().optional(),
  pic: z.string().optional(),
  registerNumber: z.string().optional(),
  seen: z
    .array(z.string())
    .optional()
    .meta({ description: 'Codes of organisations that were offered as the same and are others.' })
})
