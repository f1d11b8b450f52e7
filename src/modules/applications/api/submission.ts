import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { line, paragraphs } from '#shared/forms/fields.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { arrivalOf } from '#shared/time/arrival.ts'
import { submitApplication } from '../actions/submit-application.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { withdrawApplication } from '../actions/withdraw-application.ts'
import { receiptOf } from '../submission/reads.ts'
import * as descriptions from '../submission/api-descriptions.ts'

type Variables = { Variables: { caller: Caller } }
type Holding = Parameters<typeof submitApplication>[0]

/** Handing in, and what follows from it. */
export function submissionApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()

  api.post('/applications/:application/submission', describeRoute(descriptions.submit), async (c) => {
    // Before anything is read or asked: that is when it had arrived.
    const arrival = arrivalOf(incomingOf(c))
    const given = await readBody(c, submitting)
    if (isRefused(given)) return refuse(c, given)
    const form = given.form ?? c.req.header('idempotency-key') ?? randomUUID()
    if (!z.uuid().safeParse(form).success) {
      return refuse(c, refused('invalid', { problems: [{ field: 'form', key: 'form.not-understood' }] }))
    }
    const asked = { form, declaration: given.declaration, arrival }
    return reply(c, await submitApplication(app, c.var.caller, c.req.param('application'), asked), 201)
  })

  api.get('/applications/:application/submission', describeRoute(descriptions.receipt), async (c) =>
    reply(c, await receiptOf(app, c.var.caller, c.req.param('application')))
  )

  api.delete('/applications/:application/submission', describeRoute(descriptions.takeBack), async (c) =>
    reply(c, await takeBackApplication(app, c.var.caller, c.req.param('application')))
  )

  api.post('/applications/:application/withdrawal', describeRoute(descriptions.withdraw), async (c) => {
    const given = await readBody(c, withdrawing)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await withdrawApplication(app, c.var.caller, c.req.param('application'), given))
  })

  return api
}

/** The request as Node has it; none where it was made in process. */
function incomingOf(c: Context): object | undefined {
  return (c.env as { incoming?: object } | undefined)?.incoming
}

const submitting = z.object({ declaration: line(), form: z.uuid('form.not-understood').optional() })
const withdrawing = z.object({ reason: paragraphs() })
