import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { cloneApplication } from '../actions/clone-application.ts'
import { exampleApplication, newApplication, onceBy } from './new-application.ts'

type Variables = { Variables: { caller: Caller } }

/** Beginning again with an earlier application. */
export function clonesApi(app: Parameters<typeof cloneApplication>[0]): Hono<Variables> {
  const api = new Hono<Variables>()
  api.post('/applications/:application/clones', describeRoute(clone), async (c) => {
    const given = await readBody(c, newApplication)
    if (isRefused(given)) return refuse(c, given)
    const once = onceBy(c)
    if (isRefused(once)) return refuse(c, once)
    const asked = { ...given, ...once }
    return reply(c, await cloneApplication(app, c.var.caller, c.req.param('application'), asked), 201)
  })
  return api
}

const places = z.array(z.object({ path: z.string(), why: z.string() }))

const clone: Parameters<typeof describeRoute>[0] = {
  operationId: 'cloneApplication',
  summary: 'Begins an application with the answers of an earlier one',
  description:
    'Under a call of the same or of another edition, for who speaks for the whole of the earlier one. Partners are asked anew. With a UUID as Idempotency-Key, sending it twice begins one.',
  requestBody: takes(newApplication, { again: exampleApplication }),
  responses: {
    201: answers(
      z.object({ code: z.string(), left: places, changed: places }),
      'Its code; which answers were left behind, or carried over as something else, and why.'
    ),
    403: { description: 'The caller writes their own part only.' },
    404: { description: 'There is no such application for the caller.' },
    422: { description: 'What has to be settled.' }
  }
}
