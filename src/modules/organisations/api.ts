import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Programmes } from '#server/programmes'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody, readObject } from '#shared/forms/read-body.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { changeRecord } from './actions/change-record.ts'
import { registerOrganisation } from './actions/register-organisation.ts'
import {
  changeSchema,
  listSchema,
  organisationSchema,
  problemSchema,
  registrationShape,
  suggestionSchema
} from './api-schemas.ts'
import { findOrganisations, listOrganisations, organisationByCode, showOrganisation } from './reads.ts'
import type { Holding } from './record/insiders.server.ts'
import { sections } from './record/sections.ts'
import { facets, pageSize, readQuestion } from './search/search-question.ts'

type Door = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. */
export function organisationsApi(
  app: Holding & { programmes: Programmes; clock: () => Temporal.Instant }
): Hono<Door> {
  const api = new Hono<Door>()

  api.get('/organisations/suggestions', describeRoute(suggestionsDescription), async (c) => {
    const text = (c.req.query('q') ?? '').slice(0, 300)
    return c.json({ organisations: await findOrganisations(app, text, 10) })
  })

  api.get('/organisations', describeRoute(listDescription), async (c) =>
    c.json(await listOrganisations(app, c.var.caller, readQuestion(new URL(c.req.url).searchParams)))
  )

  api.post('/organisations', describeRoute(registerDescription), async (c) => {
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await registerOrganisation(app, c.var.caller, given), 201)
  })

  api.get('/organisations/:code', describeRoute(showDescription), async (c) => {
    const found = await organisationByCode(app, c.req.param('code'))
    const view = found && (await showOrganisation(app, c.var.caller, found.id))
    if (!view) return refuse(c, refused('not-found'))
    return c.json(publicOf(view))
  })

  api.put('/organisations/:code/sections/:section', describeRoute(changeDescription), async (c) => {
    const found = await organisationByCode(app, c.req.param('code'))
    const section = sections.find((one) => one === c.req.param('section'))
    if (!found || !section) return refuse(c, refused('not-found'))
    const change = await readBody(c, changeSchema)
    if (isRefused(change)) return refuse(c, change)
    const { revision, ...given } = change
    return reply(c, await changeRecord(app, c.var.caller, found.id, { section, revision, given }))
  })

  return api
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
  responses: { 200: answers(z.object({ organisations: z.array(suggestionSchema) }), 'The best fits.') }
}

const facetParameters = facets.map((name) => ({
  name,
  in: 'query' as const,
  required: false,
  schema: { type: 'array' as const, items: { type: 'string' as const } },
  style: 'form' as const,
  explode: true
}))

const listDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listOrganisations',
  summary: 'Organisations by words and facets, with counts',
  description: `${pageSize} a page. A facet given several times means any of its values; counts of a facet leave its own choice aside.`,
  parameters: [
    { name: 'q', in: 'query', required: false, schema: { type: 'string', maxLength: 200 } },
    { name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } },
    ...facetParameters
  ],
  responses: { 200: answers(listSchema, 'One page of the list.') }
}

const changeDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'changeOrganisation',
  summary: 'Change one section of a record',
  description: `Sections: ${sections.join(', ')}. Give all fields of the section and the \`revision\` you saw; what you leave out ends.`,
  requestBody: takes(changeSchema),
  responses: {
    200: answers(z.object({ revision: z.number().int() }), 'The new revision.'),
    401: problem('Nobody is signed in.'),
    403: problem('You do not act for this organisation.'),
    404: problem('No organisation has this code, or there is no such section.'),
    409: problem('Somebody else changed the same facts meanwhile: `current` holds their changes.'),
    422: problem('What has to be settled, field by field.')
  }
}

const showDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showOrganisation',
  summary: 'One organisation: every fact with its source, date and level',
  description:
    'Without a token, what the organisation shows to everybody. The code of a record that was merged answers with the one that stayed.',
  responses: {
    200: answers(organisationSchema, 'The record.'),
    404: problem('No organisation has this code.')
  }
}

const registerDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'registerOrganisation',
  summary: 'Register an organisation',
  requestBody: takes(registrationShape),
  responses: {
    201: answers(
      z.object({ organisation: z.uuid(), code: z.string(), role: z.uuid() }),
      'It has a code, and you may sign for it.'
    ),
    401: problem('Nobody is signed in.'),
    422: problem('What has to be settled, field by field.')
  }
}
