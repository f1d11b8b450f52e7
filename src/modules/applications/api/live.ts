import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { standInApplication } from '../actions/stand-in-application.ts'
import { liveApplication } from '../reads.ts'
import type { Holding } from '../writing/stream.server.ts'

type Variables = { Variables: { caller: Caller } }

/** What happens in a draft while it happens, and who is there. */
export function liveApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()
  api.get('/applications/:application/live', describeRoute(live), async (c) => {
    const stream = await liveApplication(app, c.var.caller, c.req.param('application'), c.req.raw.headers)
    if (isRefused(stream)) return refuse(c, stream)
    return c.body(stream, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store',
      // A proxy that gathers answers would hold everything back.
      'x-accel-buffering': 'no'
    })
  })
  api.post('/applications/:application/presence', describeRoute(presence), async (c) => {
    const given = await readBody(c, standing)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await standInApplication(app, c.var.caller, c.req.param('application'), given))
  })
  return api
}

const path = z.string('form.missing').max(200, 'form.too-long')
const unit = z.int('form.not-a-number').min(0, 'form.too-small')
const standing = z.object({
  view: z.uuid('form.not-understood'),
  path: path.optional(),
  cursor: z.object({ path, version: unit, from: unit, to: unit }).optional(),
  gone: z.boolean('form.not-understood').optional()
})

const live = {
  operationId: 'followApplication',
  summary: 'What happens in a draft, as server-sent events',
  description: `Events: \`versions\` at the beginning (the newest version of every field), \`saved\` (path, version, delta
or value, by), \`here\` (who has it open, with cursors), \`comments\` and \`outline\` (read anew), \`ended\` (do not open
again). After a break, compare with \`versions\` and read what you missed with \`since\`.`,
  responses: { 200: { description: 'text/event-stream' }, 429: { description: 'Too many at once.' } }
} as const

const presence = {
  operationId: 'standInApplication',
  summary: 'Says that somebody has a draft open',
  description:
    'By a UUID of the window, every few seconds; with the cursor, in units of a version of the text.',
  requestBody: takes(standing),
  responses: { 200: { description: 'Whether they are here.' } }
} satisfies Parameters<typeof describeRoute>[0]
