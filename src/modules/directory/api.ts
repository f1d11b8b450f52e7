import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { countryCode, fields } from '#modules/programmes'
import { refuse } from '#shared/forms/api-answer.ts'
import { optionalDay, optionalOneOf } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import type { Caller } from '#shared/identity/index.ts'
import { refused } from '#shared/forms/refused.ts'
import { bodySchema, handlingSchema } from './api-schemas.ts'
import { bodyJson, handlingJson } from './body-json.server.ts'
import { bodyKinds } from './body.ts'
import { filterBodies, readFilter } from './filter.ts'
import { handlingInDetail, listBodies, showBody } from './reads.ts'
import type { SupportHolding } from './support.server.ts'
import { addWork } from './work-api.ts'

type Holding = SupportHolding

type Variables = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. */
export function directoryApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()

  api.get('/directory/bodies', describeRoute(bodiesDescription), async (c) => {
    const listed = filterBodies(await listBodies(app), readFilter(new URL(c.req.url).searchParams))
    c.header('cache-control', 'public, max-age=0, must-revalidate')
    return c.json({
      bodies: listed.map(({ body, mandates }) => bodyJson(app.programmes, { body, units: [], mandates }))
    })
  })

  api.get('/directory/bodies/:body', describeRoute(bodyDescription), async (c) => {
    const shown = await showBody(app, c.req.param('body'))
    if (!shown) return refuse(c, refused('not-found'))
    c.header('cache-control', 'public, max-age=0, must-revalidate')
    return c.json(bodyJson(app.programmes, shown))
  })

  api.get('/directory/handling', describeRoute(handlingDescription), async (c) => {
    const read = readInput(questionSchema, c.req.query())
    if ('problems' in read) return refuse(c, refused('invalid', { problems: read.problems }))
    const lines = await handlingInDetail(app, read.data)
    c.header('cache-control', 'public, max-age=0, must-revalidate')
    return c.json({ handling: lines.map((line) => handlingJson(app.programmes, line)) })
  })

  addWork(api, app)
  return api
}

const questionSchema = z.object({
  action: z.string('form.missing').min(1, 'form.missing'),
  edition: z.coerce.number('form.not-a-number').int('form.not-a-number'),
  country: z
    .string()
    .optional()
    .transform((given) => (given ? countryCode(given) : undefined)),
  field: optionalOneOf(fields),
  on: optionalDay()
})

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const parameter = (name: string, description: string, schema: object, required = false) => ({
  name,
  in: 'query' as const,
  required,
  schema,
  description
})
const text = { type: 'string' as const }

const bodiesDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listBodies',
  summary: 'Who carries out the programme, and who helps with it',
  description: 'The bodies of today, each with the mandates that hold today and fit what was asked.',
  parameters: [
    parameter('kind', 'Only bodies of a kind.', { type: 'string', enum: [...bodyKinds] }),
    parameter(
      'country',
      'Bodies whose mandate reaches it, ISO 3166-1 alpha-2; europe: those of all Europe.',
      text
    ),
    parameter('field', 'Bodies whose mandate reaches it.', { type: 'string', enum: [...fields] })
  ],
  responses: {
    200: json(z.object({ bodies: z.array(bodySchema) }), 'Bodies, each value with its source.')
  }
}

const bodyDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showBody',
  summary: 'A body: what it is there for, its units, how it is reached',
  responses: {
    200: json(bodySchema, 'With the mandates that ended or have not begun too.'),
    404: { description: 'There is no such body.' }
  }
}

const handlingDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'whoHandles',
  summary: 'Who handles this action for me?',
  description:
    'National agency or executive agency by the rules of the edition, and which of them by the mandates. Fields with the same answer come together. Empty when the action did not exist in the edition.',
  parameters: [
    parameter('action', 'Such as cooperation-partnerships.', text, true),
    parameter('edition', 'The year of the call.', { type: 'integer' }, true),
    parameter('country', 'Where the coordinator is established, ISO 3166-1 alpha-2.', text),
    parameter('field', 'Only this field.', { type: 'string', enum: [...fields] }),
    parameter('on', 'On which day; today when left out.', { type: 'string', format: 'date' })
  ],
  responses: {
    200: json(z.object({ handling: z.array(handlingSchema) }), 'Who handles which fields.'),
    422: { description: 'What was asked has to be settled.' }
  }
}
