import { z } from 'zod'
import { fields } from '#modules/programmes'

/** The form of a draft as machines are told it: the guide's form (showForm) in one language, and what is asked now. */

const questionSchema = z
  .looseObject({
    id: z.string().meta({ description: 'Kept for ever.' }),
    kind: z.string(),
    ask: z.string(),
    help: z.string().optional(),
    limit: z.number().int().optional().meta({ description: 'Characters, as people see them.' })
  })
  .meta({
    description: 'With what its kind needs: limit, least, most, options, columns …: see FormQuestion.'
  })

const sectionSchema = z.looseObject({
  id: z.string(),
  of: z.enum(['application', 'participant']),
  title: z.string(),
  help: z.string().optional(),
  repeats: z
    .object({ least: z.number().int(), most: z.number().int(), one: z.string(), title: z.string() })
    .optional(),
  questions: z.array(questionSchema)
})

const version = z.number().int().meta({ description: 'To be named as `base`; 0: never saved.' })

const askedSchema = z
  .object({
    path: z.string(),
    section: z.string(),
    participant: z.uuid().optional(),
    edits: z.boolean().meta({ description: 'Whether you may write there now.' }),
    rows: z
      .object({ ids: z.array(z.string()), version })
      .optional()
      .meta({ description: 'Of a section that repeats: the list is saved at the path of the section.' }),
    questions: z.array(
      z.object({
        path: z.string().meta({ description: 'Where the answer is saved.' }),
        question: z.string(),
        row: z.string().optional(),
        required: z.boolean(),
        answered: z.boolean(),
        version,
        wrong: z.array(z.string()).meta({ description: 'What the form does not take of the answer.' })
      })
    )
  })
  .meta({ description: 'A section that is asked now, of each participant who fills it.' })

export const toldFormSchema = z
  .object({
    action: z.string(),
    edition: z.number().int(),
    field: z.enum(fields).optional(),
    version: z.number().int(),
    sections: z.array(sectionSchema),
    rules: z.array(z.looseObject({ id: z.string(), says: z.string(), severity: z.enum(['block', 'warn']) })),
    lists: z.record(
      z.string(),
      z.array(z.object({ value: z.union([z.string(), z.number()]), names: z.string() }))
    ),
    asked: z.array(askedSchema)
  })
  .meta({ id: 'FormOfDraft' })

/** A small form: a project that trains people says how, and its work packages are a list of rows. */
export const toldFormExample: z.output<typeof toldFormSchema> = {
  action: 'cooperation-partnerships',
  edition: 2026,
  field: 'school',
  version: 1,
  sections: [
    {
      id: 'project',
      of: 'application',
      title: 'The project',
      questions: [
        { id: 'summary', kind: 'text', ask: 'What is it about?', limit: 500, required: true },
        { id: 'trains', kind: 'yes-no', ask: 'Does it train people?', required: true },
        {
          id: 'training',
          kind: 'text',
          ask: 'How?',
          limit: 300,
          shown: { answer: 'project.trains', is: true }
        }
      ]
    },
    {
      id: 'work-packages',
      of: 'application',
      title: 'Work packages',
      repeats: { least: 1, most: 5, one: 'work package', title: 'title' },
      questions: [{ id: 'title', kind: 'line', ask: 'Title', limit: 100, required: true }]
    }
  ],
  rules: [],
  lists: { participants: [], 'work-packages': [{ value: 'k3j9x2ab', names: 'Reading aloud' }] },
  asked: [
    {
      path: 'project',
      section: 'project',
      edits: true,
      questions: [
        {
          path: 'project.summary',
          question: 'summary',
          required: true,
          answered: true,
          version: 3,
          wrong: []
        },
        {
          path: 'project.trains',
          question: 'trains',
          required: true,
          answered: false,
          version: 0,
          wrong: []
        }
      ]
    },
    {
      path: 'work-packages',
      section: 'work-packages',
      edits: true,
      rows: { ids: ['k3j9x2ab'], version: 1 },
      questions: [
        {
          path: 'work-packages.k3j9x2ab.title',
          question: 'title',
          row: 'k3j9x2ab',
          required: true,
          answered: true,
          version: 1,
          wrong: []
        }
      ]
    }
  ]
}
