import { z } from 'zod'
import { participantRoles } from './form-data.ts'
import { fields } from './programme-data.ts'

/** The application form as machines are told it. */

const words = z.object({ en: z.string(), lv: z.string() })
const condition = z.looseObject({}).meta({
  description:
    'answer with is, in, at-least or given; field; role; language; organisations; all-of, any-of, not. An answer names section.question.'
})
const source = z.object({
  document: z.string(),
  title: z.string(),
  titles: words.optional(),
  at: z.string().optional(),
  url: z.string().optional()
})
const option = z.object({ value: z.union([z.string(), z.number()]), names: words })

const questionSchema = z
  .looseObject({
    id: z.string(),
    kind: z.enum(['text', 'line', 'number', 'money', 'date', 'yes-no', 'choice', 'choices', 'table', 'file']),
    ask: words,
    help: words.optional(),
    required: z.union([z.literal(true), condition]).optional(),
    shown: condition.optional(),
    criterion: z.string().optional(),
    about: z
      .string()
      .optional()
      .meta({ description: 'durationMonths or grantEur: what rules read from it.' }),
    rules: z.array(z.string()).optional(),
    limit: z.number().int().optional().meta({ description: 'Characters, as people see them.' }),
    limits: z
      .array(z.looseObject({ rule: z.string(), says: words, when: condition.optional() }))
      .optional()
      .meta({ description: 'What rules allow of a number: least, most, oneOf; money in cents.' }),
    options: z
      .union([z.array(option), z.object({ from: z.string() })])
      .optional()
      .meta({
        description: 'Written out, or a list: of `lists`, or participants or work-packages of the draft.'
      }),
    sources: z.array(source).optional()
  })
  .meta({
    id: 'FormQuestion',
    description: 'With what its kind needs: limit, least, most, options, columns …'
  })

export const formSchema = z
  .object({
    action: z.string(),
    edition: z.number().int(),
    field: z.enum(fields).optional(),
    body: z.enum(['national-agency', 'executive-agency']),
    version: z.number().int(),
    origin: z
      .enum(['own', 'built'])
      .meta({ description: 'Written for the action, or built from its rules.' }),
    sections: z.array(
      z.object({
        id: z.string(),
        of: z.enum(['application', 'participant']),
        for: z.array(z.enum(participantRoles)),
        title: words,
        help: words.optional(),
        shown: condition.optional(),
        repeats: z
          .object({ least: z.number().int(), most: z.number().int(), one: words, title: z.string() })
          .optional(),
        criterion: z.string().optional(),
        points: z.number().int().optional(),
        questions: z.array(questionSchema),
        sources: z.array(source).optional()
      })
    ),
    rules: z.array(
      z.looseObject({
        id: z.string(),
        says: words,
        severity: z.enum(['block', 'warn']),
        word: z.enum(['window', 'order', 'within', 'sum', 'different']),
        of: z.union([z.string(), z.array(z.string())])
      })
    ),
    lists: z.record(z.string(), z.array(option))
  })
  .meta({ id: 'ApplicationForm' })
