import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { arrivalOf } from '#shared/time/arrival.ts'
import { reportAttempt } from '../actions/report-attempt.ts'
import { submitApplication } from '../actions/submit-application.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { withdrawApplication } from '../actions/withdraw-application.ts'
import { anonymousContent } from '../submission/anonymous-content.server.ts'
import { figuresJsonOf } from '../submission/figures.server.ts'
import { checkJson, deskJson } from '../submission/json.server.ts'
import { anonymousPaperFor, paperFor } from '../submission/one-paper.server.ts'
import {
  type ContentShown,
  applicationsOfCall,
  contentOfApplication,
  receiptOf,
  submissionAtWork,
  submittedContent,
  verifyReceipt
} from '../submission/reads.ts'
import * as descriptions from './submission-descriptions.ts'
import { bringing, claiming, submitting, withdrawing } from './submission-schemas.ts'

// The shell writes it (src/server-origin.ts); a client cannot.
const addressHeader = 'x-kopa-address'

type Variables = { Variables: { caller: Caller } }
type Holding = Parameters<typeof submitApplication>[0] & Parameters<typeof paperFor>[0]

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

  api.get('/applications/:application/final-check', describeRoute(descriptions.check), async (c) => {
    const work = await submissionAtWork(app, c.var.caller, c.req.param('application'))
    return isRefused(work) ? refuse(c, work) : c.json(checkJson(work))
  })

  api.get('/applications/:application/content', describeRoute(descriptions.content), async (c) => {
    const shown = await contentOfApplication(app, c.var.caller, c.req.param('application'), numberOf(c))
    return isRefused(shown) ? refuse(c, shown) : c.json(await contentJson(c, shown))
  })

  api.get('/applications/:application/figures', describeRoute(descriptions.figures), async (c) => {
    const shown = await contentOfApplication(app, c.var.caller, c.req.param('application'), numberOf(c))
    return isRefused(shown) ? refuse(c, shown) : c.json(await figuresJsonOf(app, shown))
  })

  api.get('/applications/:application/paper', describeRoute(descriptions.paper), async (c) => {
    const shown = await contentOfApplication(app, c.var.caller, c.req.param('application'), numberOf(c))
    return isRefused(shown) ? refuse(c, shown) : paper(c, shown)
  })

  api.post('/applications/:application/attempts', describeRoute(descriptions.attempt), async (c) => {
    const given = await readBody(c, claiming)
    if (isRefused(given)) return refuse(c, given)
    const claim = { ...given, at: Temporal.Instant.from(given.at) }
    return reply(c, await reportAttempt(app, c.var.caller, c.req.param('application'), claim), 201)
  })

  api.post('/applications/receipts/verification', describeRoute(descriptions.verify), async (c) => {
    const given = await readBody(c, bringing)
    if (isRefused(given)) return refuse(c, given)
    const verified = await verifyReceipt(app, {
      receipt: given.receipt,
      content: given.content,
      from: c.req.header(addressHeader) ?? ''
    })
    if (isRefused(verified)) return refuse(c, verified)
    const { receipt, content } = verified
    return c.json({ receipt, ...(content && { content }) })
  })

  api.get('/applications/desk/:call', describeRoute(descriptions.desk), async (c) => {
    const desk = await applicationsOfCall(app, c.var.caller, c.req.param('call'))
    return isRefused(desk) ? refuse(c, desk) : c.json(deskJson(desk))
  })

  api.get('/applications/desk/:call/:number/content', describeRoute(descriptions.submitted), async (c) => {
    const shown = await submitted(c)
    return isRefused(shown) ? refuse(c, shown) : c.json(await contentJson(c, shown))
  })

  api.get(
    '/applications/desk/:call/:number/figures',
    describeRoute(descriptions.submittedFigures),
    async (c) => {
      const shown = await submitted(c)
      return isRefused(shown) ? refuse(c, shown) : c.json(await figuresJsonOf(app, shown))
    }
  )

  api.get('/applications/desk/:call/:number/paper', describeRoute(descriptions.submittedPaper), async (c) => {
    const shown = await submitted(c)
    return isRefused(shown) ? refuse(c, shown) : paper(c, shown)
  })

  return api

  async function submitted(c: Context<Variables>): Promise<ContentShown | Refused> {
    const asked = { call: c.req.param('call')!, number: Number(c.req.param('number')) }
    if (!(asked.number > 0 && asked.number < 2 ** 31)) return refused('not-found')
    return submittedContent(app, c.var.caller, asked)
  }

  async function contentJson(c: Context, shown: ContentShown): Promise<object> {
    return isAnonymous(c) ? anonymousContent(app.database, shown) : shown.content
  }

  async function paper(c: Context<Variables>, shown: ContentShown): Promise<Response> {
    const asking = { person: c.var.caller.person!, known: c.req.header('if-none-match') ?? null }
    const made = isAnonymous(c)
      ? await anonymousPaperFor(app, asking, shown)
      : await paperFor(app, asking, shown)
    return isRefused(made) ? refuse(c, made) : made
  }
}

/** ?anonymous=1: without who it is about. */
function isAnonymous(c: Context): boolean {
  return c.req.query('anonymous') !== undefined
}

function numberOf(c: Context): number | undefined {
  const asked = c.req.query('number')
  // What is no number is the number of nothing.
  return asked === undefined ? undefined : /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : 0
}

/** The request as Node has it; none where it was made in process. */
function incomingOf(c: Context): object | undefined {
  return (c.env as { incoming?: object } | undefined)?.incoming
}
