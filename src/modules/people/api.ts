import { type Context, Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { readObject } from '#shared/forms/read-body.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { App } from '../../app.ts'
import { endOtherSessions, endSession } from './actions/end-sessions.ts'
import { makeToken } from './actions/make-token.ts'
import { revokeToken } from './actions/revoke-token.ts'
import { mySessions, myTokens, whoAmI } from './reads.ts'
import { mostTokenDays } from './tokens.server.ts'
import { visitFrom } from './visit.server.ts'

type Holding = Pick<App, 'database' | 'scopes'>
type Variables = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. */
export function peopleApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()
  const caller = (c: Context<Variables>) => c.get('caller')

  api.get('/people/me', describeRoute(meDescription), (c) => reply(c, whoAmI(caller(c))))

  api.get('/people/tokens', describeRoute(tokensDescription), async (c) => {
    const tokens = await myTokens(app, caller(c))
    return isRefused(tokens) ? refuse(c, tokens) : c.json({ tokens: tokens.map(asText) })
  })

  api.post('/people/tokens', describeRoute(makeTokenDescription), async (c) => {
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await makeToken(app, caller(c), given), 201)
  })

  api.delete('/people/tokens/:token', describeRoute(revokeTokenDescription), async (c) =>
    reply(c, await revokeToken(app, caller(c), c.req.param('token')))
  )

  api.get('/people/sessions', describeRoute(sessionsDescription), async (c) => {
    const sessions = await mySessions(app, caller(c))
    return isRefused(sessions) ? refuse(c, sessions) : c.json({ sessions: sessions.map(asText) })
  })

  api.delete('/people/sessions/:session', describeRoute(endSessionDescription), async (c) =>
    reply(c, await endSession(app, caller(c), c.req.param('session')))
  )

  api.delete('/people/sessions', describeRoute(endSessionsDescription), async (c) =>
    reply(c, await endOtherSessions(app, caller(c), visitFrom('', null, undefined)))
  )

  return api
}

/** Moments as ISO text. */
function asText(row: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(row)) as Record<string, unknown>
}

const moment = z.iso.datetime({ offset: true })
const roleSchema = z.object({
  id: z.uuid(),
  role: z.enum(['member', 'representative', 'officer', 'expert', 'administrator']),
  organisation: z.uuid().optional(),
  body: z.string().optional()
})
const meSchema = z.object({
  person: z.uuid(),
  name: z.string(),
  language: z.enum(['lv', 'en']),
  roles: z.array(roleSchema),
  acting: roleSchema.nullable(),
  secondFactor: z.boolean(),
  scopes: z.array(z.string()).nullable().describe('Of the token that asks; null: a browser asks.')
})
const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  role: z.uuid().nullable(),
  made: moment,
  expires: moment,
  lastUsed: moment.nullable()
})
const sessionSchema = z.object({
  id: z.uuid(),
  device: z.string(),
  opened: moment,
  lastSeen: moment,
  here: z.boolean()
})
const problemSchema = z.looseObject({
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  reason: z.string()
})

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: resolver(problemSchema) } }
})
const signedOut = { 401: problem('Nobody is signed in, or the token opens nothing (any more).') }

type Description = Parameters<typeof describeRoute>[0]

const meDescription: Description = {
  operationId: 'whoAmI',
  summary: 'Who asks, in which role',
  responses: { 200: json(meSchema, 'The person behind the session or the token.'), ...signedOut }
}

const tokensDescription: Description = {
  operationId: 'listTokens',
  summary: 'One’s own tokens that work',
  responses: {
    200: json(z.object({ tokens: z.array(tokenSchema) }), 'Never the tokens themselves.'),
    ...signedOut
  }
}

const newToken = z.toJSONSchema(
  z.object({
    name: z.string().max(60),
    role: z.uuid().optional().describe('The role it acts in, of /people/me; without: as the person only.'),
    scopes: z.array(z.string()).min(1).describe('Such as organisations:read.'),
    days: z.int().min(1).max(mostTokenDays)
  }),
  { target: 'draft-2020-12' }
)

const makeTokenDescription: Description = {
  operationId: 'makeToken',
  summary: 'Makes a token; it is shown this once',
  description:
    'Only from a browser in which somebody proved lately who they are; a token makes no token. `role` is the id of a role that one holds (whoAmI): the token acts in it; without one it opens what is open to everybody who is signed in. Send it as “Authorization: Bearer kopa_…”.',
  requestBody: { required: true, content: { 'application/json': { schema: newToken as object } } },
  responses: {
    201: json(z.object({ token: z.string(), id: z.uuid() }), 'The token. Keep it: it cannot be shown again.'),
    ...signedOut,
    403: problem('A token asks, the last proof is too long ago, or the role needs a second factor.'),
    422: problem('What has to be settled.')
  }
}

const revokeTokenDescription: Description = {
  operationId: 'revokeToken',
  summary: 'Ends a token, at once and for good',
  responses: {
    200: json(z.object({ revoked: z.uuid() }), 'It opens nothing any more.'),
    ...signedOut,
    404: problem('No token of yours that works has this id.')
  }
}

const ended = json(z.object({ ended: z.int() }), 'How many were ended.')

const sessionsDescription: Description = {
  operationId: 'listSessions',
  summary: 'The devices on which one is signed in',
  responses: {
    200: json(z.object({ sessions: z.array(sessionSchema) }), 'The last used first.'),
    ...signedOut
  }
}

const endSessionDescription: Description = {
  operationId: 'endSession',
  summary: 'Signs one device out',
  responses: { 200: ended, ...signedOut, 404: problem('No session of yours has this id.') }
}

const endSessionsDescription: Description = {
  operationId: 'endOtherSessions',
  summary: 'Signs out everywhere else',
  description: 'From a browser: a token has no session that could stay.',
  responses: { 200: ended, ...signedOut, 403: problem('A token asks.') }
}
