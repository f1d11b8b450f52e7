import { type describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { fields } from '#modules/programmes'
import {
  callSchema,
  callsSchema,
  codeSchema,
  deskSchema,
  publishedSchema,
  savedSchema,
  termsShape
} from './api-schemas.ts'
import { callKinds } from './call.ts'
import { publicStates } from './life.ts'

/** What the OpenAPI document says about each endpoint of calls. */
type Description = Parameters<typeof describeRoute>[0]

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const body = (schema: z.ZodType) => ({
  required: true,
  content: {
    'application/json': { schema: z.toJSONSchema(schema, { target: 'draft-2020-12' }) as object }
  }
})
const query = (name: string, description: string, schema: object) => ({
  name,
  in: 'query' as const,
  required: false,
  schema,
  description
})
const several = (values?: readonly string[]) => ({
  type: 'array' as const,
  items: { type: 'string' as const, ...(values && { enum: [...values] }) }
})

const noSuchCall = { description: 'There is no such call, or the caller may not know of it.' }
const forOfficers = {
  401: { description: 'Nobody is signed in.' },
  403: { description: 'It is for officers of the body, with a second factor.' },
  404: noSuchCall
}
const notNow = {
  description: 'It cannot be done as things stand, or somebody saved meanwhile: `current` says what.'
}
const toSettle = { description: 'Something has to be settled: `problems` name each.' }
const revision = z.object({ revision: z.number().int() })

export const list: Description = {
  operationId: 'listCalls',
  summary: 'Calls: what is open, where, until when',
  description:
    'Everything given must hold; of several values of one parameter one is enough. Without `status`, calls that can still be applied to: announced and open ones.',
  parameters: [
    query('q', 'Words of titles, actions and bodies; accents are not needed.', { type: 'string' }),
    query('status', 'Where they stand.', several(publicStates)),
    query('field', 'Field of the programme.', several(fields)),
    query('action', 'Such as cooperation-partnerships.', several()),
    query('kind', 'Kind of call.', several(callKinds)),
    query('body', 'Who published it, such as lv-viaa.', several()),
    query('country', 'Country of the body, ISO 3166-1 alpha-2.', several()),
    query('edition', 'Year of the guide.', { type: 'array', items: { type: 'integer' } }),
    query('from', 'Only calls in which an organisation of this country can take part.', { type: 'string' }),
    query('type', 'Only calls in which an organisation of this type can take part.', { type: 'string' }),
    query('within', 'Only deadlines within so many days.', { type: 'integer' })
  ],
  responses: { 200: json(callsSchema, 'The calls that fit, the most urgent first.') }
}

export const show: Description = {
  operationId: 'showCall',
  summary: 'A call with everything it says, and its corrigenda',
  responses: { 200: json(callSchema, 'As it was published last.'), 404: noSuchCall }
}

export const desk: Description = {
  operationId: 'showCallAtDesk',
  summary: 'A call as officers see it: the newest revision, and what is in the way of publishing it',
  responses: { 200: json(deskSchema, 'The newest revision.'), ...forOfficers }
}

export const begin: Description = {
  operationId: 'beginCall',
  summary: 'Begins a call of one’s own body',
  description: 'With a UUID as Idempotency-Key, sending it twice begins one call.',
  requestBody: body(z.object({ body: z.string(), edition: z.number().int(), kind: z.enum(callKinds) })),
  responses: { 201: json(codeSchema, 'The draft.'), ...forOfficers, 422: toSettle }
}

export const save: Description = {
  operationId: 'saveCall',
  summary: 'Saves some of the terms of a draft, or of a corrigendum that is being prepared',
  description:
    'Give the revision you began from. If somebody saved meanwhile, nothing is saved: the answer (409) holds what they changed, and both put together.',
  requestBody: body(revision.extend({ change: termsShape.partial() })),
  responses: { 200: json(savedSchema, 'The new revision.'), ...forOfficers, 409: notNow, 422: toSettle }
}

export const send: Description = {
  operationId: 'sendCallForReview',
  summary: 'Gives it to a second officer',
  requestBody: body(revision),
  responses: { 200: json(codeSchema, 'It lies for review.'), ...forOfficers, 409: notNow, 422: toSettle }
}

export const takeBack: Description = {
  operationId: 'takeBackCall',
  summary: 'Takes back what was sent for review',
  responses: { 200: json(codeSchema, 'It can be written on.'), ...forOfficers, 409: notNow }
}

export const sendBack: Description = {
  operationId: 'sendCallBack',
  summary: 'The second officer sends it back with remarks',
  requestBody: body(revision.extend({ remarks: z.string() })),
  responses: { 200: json(codeSchema, 'It can be written on.'), ...forOfficers, 409: notNow, 422: toSettle }
}

export const publish: Description = {
  operationId: 'publishCall',
  summary: 'The second officer publishes a call, or a change of one as a numbered corrigendum',
  requestBody: body(revision),
  responses: {
    200: json(publishedSchema, 'Everybody sees it from now on.'),
    ...forOfficers,
    409: notNow,
    422: toSettle
  }
}

export const correct: Description = {
  operationId: 'beginCorrigendum',
  summary: 'Begins to prepare a change of a published call, with its reason',
  requestBody: body(z.object({ reason: z.object({ lv: z.string(), en: z.string() }) })),
  responses: { 200: json(codeSchema, 'It can be written.'), ...forOfficers, 409: notNow, 422: toSettle }
}

export const drop: Description = {
  operationId: 'dropCorrigendum',
  summary: 'Gives up a change that is being prepared',
  responses: { 200: json(codeSchema, 'What is published stands.'), ...forOfficers, 409: notNow }
}

export const advance: Description = {
  operationId: 'advanceCall',
  summary: 'Notes that assessment has begun, that a call is decided, or that it is put away',
  requestBody: body(z.object({ step: z.enum(['assessment-begun', 'decided', 'archived']) })),
  responses: { 200: json(codeSchema, 'It was noted.'), ...forOfficers, 409: notNow }
}

export const stop: Description = {
  operationId: 'stopWatch',
  summary: 'Ends mails about what somebody follows (RFC 8058)',
  description: 'The key stands in the mail. The answer is the same whether it was known.',
  responses: { 200: json(z.object({ stopped: z.literal(true) }), 'No more mails.') }
}
