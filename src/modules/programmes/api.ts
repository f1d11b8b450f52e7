import { createHash } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { texts } from '#shared/texts/index.ts'
import { checkEligibility } from './actions/check-eligibility.ts'
import { formSchema } from './api-form-schemas.ts'
import {
  actionEntrySchema,
  actionSchema,
  checkedSchema,
  consortiumSchema,
  problemSchema
} from './api-schemas.ts'
import type { FindCallToCheck } from './call-to-check.ts'
import { checkAnswer, spokenProblem, type SpokenProblem } from './check-answer.server.ts'
import { mostBytes, readConsortiumText } from './consortium-file.server.ts'
import type { InputProblem } from './input-problem.ts'
import { fields, isField, type ManagingBody } from './programme-data.ts'
import type { Programmes } from './programmes.server.ts'
import { listActions, showAction, showForm } from './reads.ts'

type Holding = {
  programmes: Programmes
  /** Answered by calls; without it no call can be asked for. */
  callToCheck?: FindCallToCheck
}

/** The machines' door of this module, mounted at /api/v1. */
export function programmesApi(app: Holding): Hono {
  const api = new Hono()

  api.post('/eligibility-checks', describeRoute(checkDescription), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const asked = c.req.query('call')
    const call = asked === undefined ? undefined : await app.callToCheck?.(asked)
    if (asked !== undefined && !call) return refuse(c, 422, [{ path: 'call', message: unknownCall }])
    const programmes = call?.programmes ?? app.programmes
    const { request, problems, warnings } = readConsortiumText(body, programmes.knowledge)
    if (!request) return refuse(c, statusOf(problems), problems.map(spokenProblem))
    const results = checkEligibility({ programmes }, request)
    if (!Array.isArray(results)) {
      return refuse(c, 422, [{ path: 'callYear', message: existing(results.existsIn) }])
    }
    return c.json(checkAnswer(results, request, warnings))
  })

  api.get('/actions', describeRoute(actionsDescription), (c) => {
    const asked = c.req.query('edition')
    const edition = asked === undefined ? undefined : Number(asked)
    if (edition !== undefined && !app.programmes.editions.includes(edition)) {
      return refuse(c, 400, [{ path: 'edition', message: existing(app.programmes.editions) }])
    }
    return withTag(c, { actions: listActions(app, edition) })
  })

  api.get('/actions/:action/:edition', describeRoute(actionDescription), (c) => {
    const { action, edition } = c.req.param()
    const view = showAction(app, action, Number(edition))
    if (view) return withTag(c, view)
    const known = listActions(app).find((one) => one.action === action)
    return refuse(c, 404, known ? [{ path: 'edition', message: existing(known.editions) }] : [])
  })

  api.get('/actions/:action/:edition/form', describeRoute(formDescription), (c) => {
    const { action, edition } = c.req.param()
    const field = c.req.query('field')
    const body = c.req.query('body')
    if (field !== undefined && !isField(field))
      return refuse(c, 400, [{ path: 'field', message: unknownValue }])
    if (body !== undefined && !isBody(body)) return refuse(c, 400, [{ path: 'body', message: unknownValue }])
    const form = showForm(app, {
      action,
      edition: Number(edition),
      ...(field && { field }),
      ...(body && { body })
    })
    return form ? withTag(c, form) : refuse(c, 404, [])
  })

  api.get('/schemas/:name', describeRoute(schemaDescription), (c) => {
    const schema = app.programmes.schemas.get(c.req.param('name'))
    return schema ? withTag(c, schema) : refuse(c, 404, [])
  })

  return api
}

/** A refusal as problem+json (RFC 9457), in both languages. */
function refuse(c: Context, status: 400 | 404 | 413 | 422, problems: SpokenProblem[]) {
  const titles = {
    400: 'Bad Request',
    404: 'Not Found',
    413: 'Content Too Large',
    422: 'Unprocessable Content'
  }
  const detail = problems[0] ? `${problems[0].message.en} · ${problems[0].message.lv}` : titles[status]
  return c.json({ type: 'about:blank', title: titles[status], status, detail, problems }, status, {
    'content-type': 'application/problem+json'
  })
}

const bodies = ['national-agency', 'executive-agency'] as const satisfies ManagingBody[]

function isBody(value: string): value is ManagingBody {
  return (bodies as readonly string[]).includes(value)
}

const unknownValue = { en: texts('en')('form.not-offered'), lv: texts('lv')('form.not-offered') }

const unknownCall = {
  en: texts('en')('check.call.unknown'),
  lv: texts('lv')('check.call.unknown')
}

function existing(editions: readonly number[]) {
  const years = [...editions].sort().join(', ')
  return { en: texts('en')('api.editions', { years }), lv: texts('lv')('api.editions', { years }) }
}

/** Too big is 413; what cannot be read at all is 400; what was read but cannot be checked is 422. */
function statusOf(problems: readonly InputProblem[]): 400 | 413 | 422 {
  if (problems.some(({ key }) => key === 'input.too-big')) return 413
  return problems.some(({ path, line, key }) => path === '' && (line !== undefined || unreadable.has(key)))
    ? 400
    : 422
}

const unreadable: ReadonlySet<string> = new Set([
  'input.empty',
  'input.not-text',
  'input.encoding',
  'input.spreadsheet'
])

/** Answers 304 when the caller has this very answer already. */
function withTag(c: Context, value: object) {
  const json = JSON.stringify(value)
  const tag = `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`
  c.header('etag', tag)
  c.header('cache-control', 'public, max-age=0, must-revalidate')
  const held = c.req.header('if-none-match')
  if (held?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)) return c.body(null, 304)
  return c.body(json, 200, { 'content-type': 'application/json; charset=utf-8' })
}

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: resolver(problemSchema) } }
})
// By itself: a reference into $defs would lead nowhere in the document.
const consortiumJson = z.toJSONSchema(consortiumSchema, { target: 'draft-2020-12' }).$defs!['Consortium']

const checkDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'checkEligibility',
  summary: 'May this consortium apply, and what is missing?',
  description:
    'Nothing is stored. A consortium as JSON or YAML; without `action`, all actions of the edition answer, the nearest first.',
  parameters: [
    {
      name: 'call',
      in: 'query',
      required: false,
      schema: { type: 'string' },
      description:
        'The code of a published call: what it opens, its deadline and its own rules apply. The action of a call outside any guide is `call`.'
    }
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: consortiumJson as object },
      'application/yaml': { schema: consortiumJson as object }
    }
  },
  responses: {
    200: json(checkedSchema, 'The answer of each action asked.'),
    400: problem('The body cannot be read; line and column are given.'),
    413: problem(`More than ${mostBytes / 1_048_576} MB.`),
    422: problem('It was read, but it cannot be checked: everything that has to be settled is listed.')
  }
}

const actionsDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listActions',
  summary: 'The actions of the programme',
  parameters: [
    {
      name: 'edition',
      in: 'query',
      required: false,
      schema: { type: 'integer' },
      description: 'Only those of a year.'
    }
  ],
  responses: {
    200: json(
      z.object({ actions: z.array(actionEntrySchema) }),
      'Every action, with the editions it existed in.'
    ),
    304: { description: 'Not changed since the ETag given in If-None-Match.' },
    400: problem('There is no such edition.')
  }
}

const actionDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showAction',
  summary: 'Everything known about an action in an edition, each value with its source',
  responses: {
    200: json(actionSchema, 'Who may apply, how much, until when, by what criteria.'),
    304: { description: 'Not changed since the ETag given in If-None-Match.' },
    404: problem('No such action, or it did not exist in that edition; which editions did is said.')
  }
}

const formDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showForm',
  summary: 'The application form of an action in an edition',
  parameters: [
    {
      name: 'field',
      in: 'query',
      required: false,
      schema: { type: 'string', enum: [...fields] },
      description: 'What other fields are asked is left out.'
    },
    {
      name: 'body',
      in: 'query',
      required: false,
      schema: { type: 'string', enum: [...bodies] },
      description: 'Who runs the call; left out: who does by rule.'
    }
  ],
  responses: {
    200: json(
      formSchema,
      'Sections and questions in both languages, each with its source where a rule asks for it.'
    ),
    304: { description: 'Not changed since the ETag given in If-None-Match.' },
    400: problem('There is no such field or body.'),
    404: problem('No such action, or it did not exist in that edition.')
  }
}

const schemaDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showSchema',
  summary: 'The JSON Schema of a kind of rule file, such as eligibility.json',
  responses: {
    200: json(z.looseObject({ $id: z.string(), title: z.string() }), 'The schema.'),
    304: { description: 'Not changed since the ETag given in If-None-Match.' },
    404: problem('There is no such schema.')
  }
}
