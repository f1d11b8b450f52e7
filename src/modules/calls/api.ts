import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { oneOf, paragraphs } from '#shared/forms/fields.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { advanceCall, advances } from './actions/advance-call.ts'
import { beginCall } from './actions/begin-call.ts'
import { beginCorrigendum } from './actions/begin-corrigendum.ts'
import { dropCorrigendum } from './actions/drop-corrigendum.ts'
import { publishCall } from './actions/publish-call.ts'
import { saveCall } from './actions/save-call.ts'
import { sendCallBack } from './actions/send-call-back.ts'
import { sendForReview } from './actions/send-for-review.ts'
import { stopWatch } from './actions/stop-watch.ts'
import { takeBackCall } from './actions/take-back-call.ts'
import * as descriptions from './api-descriptions.ts'
import { callJson, deskJson, summaryJson } from './call-json.server.ts'
import { callKinds } from './call.ts'
import { filterFrom } from './filter.ts'
import { callAtDesk, listCalls, showCall } from './reads.ts'
import type { Holding } from './shown-call.server.ts'
import { changeSchema } from './terms-schema.server.ts'

type Variables = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. Reading is for everybody, writing for officers. */
export function callsApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()

  api.get('/calls', describeRoute(descriptions.list), async (c) => {
    const { calls, bodies, now } = await listCalls(app, filterFrom(new URL(c.req.url).searchParams))
    return c.json({
      now: now.toString(),
      count: calls.length,
      calls: calls.map((call) => summaryJson(call, bodies))
    })
  })

  api.get('/calls/:call', describeRoute(descriptions.show), async (c) => {
    const shown = await showCall(app, c.req.param('call'))
    return shown ? c.json(callJson(shown)) : refuse(c, refused('not-found'))
  })

  api.get('/calls/:call/desk', describeRoute(descriptions.desk), async (c) => {
    const desk = await callAtDesk(app, c.var.caller, c.req.param('call'))
    return isRefused(desk) ? refuse(c, desk) : c.json(deskJson(desk))
  })

  api.post('/calls', describeRoute(descriptions.begin), async (c) => {
    const given = await readBody(c, newCall)
    if (isRefused(given)) return refuse(c, given)
    const form = c.req.header('idempotency-key')
    if (form !== undefined && !z.uuid().safeParse(form).success) {
      return refuse(
        c,
        refused('invalid', { problems: [{ field: '', key: 'calls.problem.idempotency-key' }] })
      )
    }
    return reply(c, await beginCall(app, c.var.caller, { ...given, ...(form && { form }) }), 201)
  })

  api.patch('/calls/:call', describeRoute(descriptions.save), async (c) => {
    const given = await readBody(c, saving)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await saveCall(app, c.var.caller, c.req.param('call'), given))
  })

  api.post('/calls/:call/review', describeRoute(descriptions.send), async (c) => {
    const given = await readBody(c, ofRevision)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await sendForReview(app, c.var.caller, c.req.param('call'), given.revision))
  })

  api.delete('/calls/:call/review', describeRoute(descriptions.takeBack), async (c) =>
    reply(c, await takeBackCall(app, c.var.caller, c.req.param('call')))
  )

  api.post('/calls/:call/remarks', describeRoute(descriptions.sendBack), async (c) => {
    const given = await readBody(c, remarks)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await sendCallBack(app, c.var.caller, c.req.param('call'), given))
  })

  api.post('/calls/:call/publication', describeRoute(descriptions.publish), async (c) => {
    const given = await readBody(c, ofRevision)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await publishCall(app, c.var.caller, c.req.param('call'), given.revision))
  })

  api.post('/calls/:call/corrigendum', describeRoute(descriptions.correct), async (c) => {
    const given = await readBody(c, reason)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await beginCorrigendum(app, c.var.caller, c.req.param('call'), given))
  })

  api.delete('/calls/:call/corrigendum', describeRoute(descriptions.drop), async (c) =>
    reply(c, await dropCorrigendum(app, c.var.caller, c.req.param('call')))
  )

  api.post('/calls/:call/steps', describeRoute(descriptions.advance), async (c) => {
    const given = await readBody(c, step)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await advanceCall(app, c.var.caller, c.req.param('call'), given.step))
  })

  // The button of mail programs (RFC 8058): a bare POST by whoever has the mail.
  api.post('/calls/watches/:key/stop', describeRoute(descriptions.stop), async (c) => {
    const key = c.req.param('key')
    return reply(c, z.uuid().safeParse(key).success ? await stopWatch(app, key) : { stopped: true })
  })

  return api
}

const revision = z.number('form.not-a-number').int('form.not-a-number').min(1, 'form.too-small')
const newCall = z.object({
  body: z.string('form.missing').regex(/^[a-z0-9-]{1,80}$/, 'form.not-offered'),
  edition: z.number('form.not-a-number').int('form.not-a-number'),
  kind: oneOf(callKinds)
})
const saving = z.object({ revision, change: changeSchema })
const ofRevision = z.object({ revision })
const remarks = z.object({ revision, remarks: paragraphs() })
const reason = z.object({ reason: z.object({ lv: paragraphs(), en: paragraphs() }) })
const step = z.object({ step: oneOf(advances) })
