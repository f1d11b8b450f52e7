import { z } from 'zod'
import { fields } from './programme-data.ts'

/** What the machines' door says and is told; the OpenAPI document is made from these. */

const words = z.object({ en: z.string(), lv: z.string() }).meta({ description: 'In English and Latvian.' })
const confidence = z.enum(['source-document', 'page', 'unverified'])
const citation = z.object({
  document: z.string(),
  title: z.string(),
  titles: words.optional().meta({ description: 'Where the title is ours and no document’s own.' }),
  kind: z.enum(['seed', 'official', 'page', 'unverified']),
  at: z.string().optional().meta({ description: 'Page or heading.' }),
  url: z.string().optional()
})
const reading = z.object({ says: words, sources: z.array(citation) })

export const partnerSchema = z.object({
  name: z.string().nullish(),
  country: z
    .string()
    .nullish()
    .meta({ description: 'ISO 3166-1 alpha-2; EL and UK are accepted. null: unknown.' }),
  type: z.string().nullish().meta({ description: 'Organisation type or programme code. null: unknown.' }),
  role: z.enum(['coordinator', 'partner', 'associated', 'affiliated']).nullish(),
  functions: z.array(z.string()).nullish(),
  charter: z.boolean().nullish().meta({ description: 'Holds the Erasmus Charter for Higher Education.' }),
  establishedOn: z.string().nullish().meta({ description: 'Day, YYYY-MM-DD.' }),
  nonProfit: z.boolean().nullish(),
  europeanNgo: z.boolean().nullish(),
  independentOf: z
    .union([z.boolean(), z.literal('all'), z.literal('none'), z.array(z.union([z.string(), z.number()]))])
    .nullish()
    .meta({ description: 'all, none, or the partners (names, or numbers from 1) it is independent of.' })
})

export const consortiumSchema = z
  .object({
    action: z.string().nullish().meta({ description: 'Without it, all actions of the edition answer.' }),
    field: z.enum(fields).nullish(),
    callYear: z.number().int().nullish().meta({ description: 'Edition; the latest when left out.' }),
    durationMonths: z.number().int().nullish(),
    grantEur: z.number().int().nullish().meta({ description: 'Whole euros.' }),
    partners: z.array(partnerSchema).min(1).max(200),
    answers: z.record(z.string(), z.unknown()).nullish()
  })
  .meta({ id: 'Consortium', description: 'Unknown fields are warned of, not refused. null means unknown.' })

const spokenProblem = z.object({
  path: z.string(),
  message: words,
  line: z.number().int().optional(),
  column: z.number().int().optional()
})

export const reportSchema = z
  .object({
    action: z.string(),
    edition: z.number().int(),
    names: words,
    answer: z.enum(['eligible', 'not-eligible', 'undetermined']),
    rules: z.array(
      z.object({
        id: z.string(),
        says: words,
        answer: z.enum(['met', 'not-met', 'unknown']),
        severity: z.enum(['block', 'warn', 'info']),
        confidence,
        settledBy: z.enum(['rules', 'form', 'assessor']),
        reason: words,
        about: z
          .array(
            z.object({
              of: z.enum(['partner', 'value', 'answer', 'field']),
              partner: z.number().int().optional().meta({ description: 'Its position, from 0.' }),
              what: z.string().optional(),
              name: z.string().optional(),
              key: z.string().optional(),
              text: words
            })
          )
          .meta({ description: 'What an open answer waits for, or what breaks the rule.' }),
        sources: z.array(citation),
        otherReadings: z.array(reading)
      })
    ),
    open: z.array(words).meta({ description: 'What would settle an undetermined answer.' }),
    warnings: z.array(words),
    repairs: z
      .array(
        z.object({
          changes: z.array(
            z.object({
              kind: z.enum([
                'add',
                'leave-out',
                'role',
                'coordinator',
                'charter',
                'duration',
                'grant',
                'answer'
              ]),
              text: words,
              rules: z.array(z.string())
            })
          )
        })
      )
      .meta({ description: 'The smallest sets of changes, the easiest first.' }),
    repairsSize: z
      .number()
      .int()
      .meta({ description: 'Changes in each set; with no set and an incomplete search, at least so many.' }),
    repairsTotal: z.number().int(),
    repairsComplete: z.boolean(),
    inputWarnings: z.array(spokenProblem)
  })
  .meta({ id: 'Report' })

export const checkedSchema = z
  .union([reportSchema, z.array(reportSchema)])
  .meta({ description: 'One report when an action was asked, else a list of them.' })

export const actionEntrySchema = z
  .object({
    action: z.string(),
    names: words,
    summary: words,
    family: z.string(),
    fields: z.array(z.enum(fields)),
    editions: z.array(z.number().int())
  })
  .meta({ id: 'ActionEntry' })

const cited = { sources: z.array(citation), confidence, otherReadings: z.array(reading) }
const body = z.enum(['national-agency', 'executive-agency'])

export const actionSchema = z
  .object({
    action: z.string(),
    edition: z.number().int(),
    editions: z.array(z.number().int()),
    names: words,
    summary: words,
    family: z.object({ id: z.string(), names: words }),
    fields: z.array(z.enum(fields)),
    note: words.optional(),
    codes: z.array(z.looseObject({ ...cited, code: z.string() })),
    managedBy: z.array(z.looseObject({ ...cited, body })),
    deadlines: z.array(
      z.looseObject({
        ...cited,
        instant: z.string().meta({ description: 'UTC.' }),
        on: z.string(),
        at: z.string()
      })
    ),
    rules: z.array(
      z.looseObject({
        ...cited,
        id: z.string(),
        says: words,
        severity: z.enum(['block', 'warn', 'info']),
        settledBy: z.enum(['rules', 'form', 'assessor'])
      })
    ),
    questions: z.array(
      z.looseObject({ key: z.string(), ask: words, answer: z.enum(['one', 'many', 'number', 'yes-no']) })
    ),
    facts: z.array(z.looseObject({ ...cited, id: z.string(), says: words })),
    funding: z.array(z.looseObject({ ...cited, model: z.string(), says: words })),
    categories: z.array(z.looseObject({ ...cited, id: z.string(), names: words, basis: z.string() })),
    awardCriteria: z.array(
      z.looseObject({
        ...cited,
        threshold: z.number().int(),
        criteria: z.array(
          z.object({
            id: z.string(),
            names: words,
            points: z.number().int(),
            minimum: z.number().int().optional()
          })
        ),
        ties: z.array(z.string())
      })
    )
  })
  .meta({ id: 'Action' })

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    problems: z.array(spokenProblem).optional()
  })
  .meta({ id: 'Problem' })
