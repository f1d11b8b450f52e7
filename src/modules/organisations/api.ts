import { type Context, Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Programmes } from '#server/programmes'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { registerOrganisation } from './actions/register-organisation.ts'
import { organisationSchema, problemSchema, suggestionSchema } from './api-schemas.ts'
import { findOrganisations, organisationByCode, showOrganisation } from './reads.ts'
import type { Holding } from './record/insiders.server.ts'

type Door = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. */
export function organisationsApi(app: Holding & { programmes: Programmes }): Hono<Door> {
  const api = new Hono<Door>()

  api.get('/organisations/suggestions', describeRoute(suggestionsDescription), async (c) => {
    const text = (c.req.query('q') ?? '').slice(0, 300)
    return c.json({ organisations: await findOrganisations(app, text, 10) })
  })

  api.post('/organisations', describeRoute(registerDescription), async (c) =>
    reply(c, await registerOrganisation(app, c.var.caller, await bodyOf(c)), 201)
  )

  api.get('/organisations/:code', describeRoute(showDescription), async (c) => {
    const found = await organisationByCode(app, c.req.param('code'))
    const view = found && (await showOrganisation(app, c.var.caller, found.id))
    if (!view) return refuse(c, refused('not-found'))
    return c.json(publicOf(view))
  })

  return api
}

/** What a body holds, if it is JSON; what is missing then is said field by field. */
async function bodyOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => ({}))
}

/** People's ids are nobody's business but the organisation's own. */
function publicOf(view: NonNullable<Awaited<ReturnType<typeof showOrganisation>>>) {
  const { inside: _, facts, ...head } = view
  return {
    ...head,
    facts: facts.map(({ by, ...said }) => ({
      ...said,
      by: by.map(({ source, level, evidence, statedAt }) => ({ source, level, evidence, statedAt }))
    }))
  }
}

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: resolver(problemSchema) } }
})

const suggestionsDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'suggestOrganisations',
  summary: 'Organisations that somebody may mean',
  description:
    'By name (typing errors, abbreviations and other languages are forgiven), code, public identifier or web domain; at most ten, the best first.',
  parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string', maxLength: 300 } }],
  responses: { 200: json(z.object({ organisations: z.array(suggestionSchema) }), 'The best fits.') }
}

const showDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showOrganisation',
  summary: 'One organisation: every fact with its source, date and level',
  description:
    'Without a token, what the organisation shows to everybody. The code of a record that was merged answers with the one that stayed.',
  responses: { 200: json(organisationSchema, 'The record.'), 404: problem('No organisation has this code.') }
}

const registerDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'registerOrganisation',
  summary: 'Register an organisation',
  description: 'Fields: name, latinName, country, city, type, website, oid, pic, registerNumber.',
  responses: {
    201: json(
      z.object({ organisation: z.uuid(), code: z.string(), role: z.uuid() }),
      'It has a code, and you may sign for it.'
    ),
    401: problem('Nobody is signed in.'),
    422: problem('What has to be settled, field by field.')
  }
}
