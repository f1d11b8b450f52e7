import { z } from 'zod'
import { callKinds, splitKinds } from './call.ts'
import { effects } from './correct.ts'
import { callStates, publicStates } from './life.ts'

/** What the machines' door says and is told about calls; the OpenAPI document is made from these. */

const instant = z.string().meta({ description: 'UTC, ISO 8601.', format: 'date-time' })
const texts = z.record(z.string(), z.string()).meta({ description: 'By language code.' })
const moment = z
  .object({ day: z.string().meta({ format: 'date' }), hour: z.string().meta({ examples: ['12:00'] }) })
  .meta({ description: 'A day and an hour of Europe/Brussels.' })

export const termsShape = z
  .object({
    title: texts,
    text: texts,
    actions: z.array(
      z.object({
        action: z.string(),
        fields: z.array(z.string()),
        round: z.number().int().optional(),
        strands: z.array(z.string()).optional()
      })
    ),
    opens: moment.nullable(),
    deadline: moment.nullable(),
    departure: z.string().meta({ description: 'Why the deadline is not the guide’s; empty when it is.' }),
    budget: z.object({
      cents: z.number().int().nullable(),
      splits: z
        .array(
          z.object({
            by: z.enum(splitKinds),
            parts: z.array(z.object({ of: z.string(), cents: z.number().int() }))
          })
        )
        .meta({ description: 'Each split shares out all of the money.' })
    }),
    priorities: z.array(z.string()),
    applicants: texts,
    documents: z.array(z.object({ title: z.string(), language: z.string(), address: z.string() })),
    contact: z.object({ name: z.string(), email: z.string(), phone: z.string(), page: z.string() }),
    languages: z.array(z.string()),
    assessment: z.object({
      experts: z.array(z.object({ upToCents: z.number().int().nullable(), experts: z.number().int() })),
      thirdExpert: z
        .object({ abovePoints: z.number().int(), unlessBothBelowThreshold: z.boolean() })
        .nullable(),
      consolidation: z.enum(['agreed', 'average']),
      thresholdPoints: z.number().nullable()
    }),
    rules: z.string().meta({ description: 'Rules of its own, as eligibility.yaml.' })
  })
  .meta({ id: 'CallTerms', description: 'What a call says.' })

const summary = z.object({
  code: z.string(),
  kind: z.enum(callKinds),
  body: z.string(),
  bodyName: z.object({ en: z.string(), lv: z.string() }),
  country: z.string().nullable(),
  edition: z.number().int(),
  state: z.enum(publicStates),
  title: texts,
  actions: termsShape.shape.actions,
  fields: z.array(z.string()),
  opensAt: instant,
  closesAt: instant.meta({
    description: 'UTC, ISO 8601. The instant itself is in time.',
    format: 'date-time'
  }),
  zone: z.literal('Europe/Brussels'),
  budgetCents: z.number().int().nullable(),
  corrigenda: z.number().int(),
  publishedAt: instant,
  changedAt: instant,
  page: z.string().meta({ description: 'Path of its page on this site.' })
})
export const callSummary = summary.meta({ id: 'CallSummary' })

export const callsSchema = z.object({
  now: instant.meta({
    description: 'The database’s clock, which decides what is open.',
    format: 'date-time'
  }),
  count: z.number().int(),
  calls: z.array(callSummary)
})

export const corrigendumSchema = z
  .object({
    number: z.number().int(),
    reason: z.record(z.string(), z.string()),
    publishedAt: instant,
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    effects: z.array(z.enum(effects))
  })
  .meta({ id: 'Corrigendum' })

export const callSchema = summary
  .extend({
    terms: termsShape,
    corrigendaPublished: z.array(corrigendumSchema),
    drafts: z.number().int().meta({ description: 'Applications that are being written.' })
  })
  .meta({ id: 'Call' })

export const deskSchema = z
  .object({
    code: z.string(),
    state: z.enum(callStates),
    revision: z.number().int(),
    publishedRevision: z.number().int().nullable(),
    terms: termsShape,
    problems: z.array(z.object({ path: z.string(), message: z.object({ en: z.string(), lv: z.string() }) })),
    corrigendum: z.object({ reason: z.record(z.string(), z.string()), sent: z.boolean() }).nullable()
  })
  .meta({ id: 'CallAtDesk' })

export const codeSchema = z.object({ code: z.string() })
export const savedSchema = z.object({ revision: z.number().int(), unchanged: z.boolean() })
export const publishedSchema = z.object({ code: z.string(), corrigendum: z.number().int().optional() })
