import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { startApplication } from './actions/start-application.ts'
import { codeSchema } from './api/answered.ts'
import { answersApi } from './api/answers.ts'
import { budgetApi } from './api/budget.ts'
import { clonesApi } from './api/clones.ts'
import { consortiumApi } from './api/consortium.ts'
import { discussionApi } from './api/discussion.ts'
import { filesApi } from './api/files.ts'
import { formApi } from './api/form.ts'
import { liveApi } from './api/live.ts'
import { exampleApplication, newApplication, onceBy } from './api/new-application.ts'
import { ownApplicationsApi } from './api/own-applications.ts'
import { submissionApi } from './api/submission.ts'
import type { Holding as Writing } from './writing/save.server.ts'
import type { Holding as Live } from './writing/stream.server.ts'

type Variables = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1: one file in api/ for each area. */
export function applicationsApi(
  app: Writing &
    Live &
    Parameters<typeof submissionApi>[0] &
    Parameters<typeof budgetApi>[0] &
    Parameters<typeof consortiumApi>[0]
): Hono<Variables> {
  const api = new Hono<Variables>()
  api.route('/', submissionApi(app))
  api.post('/applications', describeRoute(begin), async (c) => {
    const given = await readBody(c, newApplication)
    if (isRefused(given)) return refuse(c, given)
    const once = onceBy(c)
    if (isRefused(once)) return refuse(c, once)
    return reply(c, await startApplication(app, c.var.caller, { ...given, ...once }), 201)
  })
  return api
    .route('/', ownApplicationsApi(app))
    .route('/', formApi(app))
    .route('/', answersApi(app))
    .route('/', filesApi(app))
    .route('/', clonesApi(app))
    .route('/', liveApi(app))
    .route('/', discussionApi(app))
    .route('/', budgetApi(app))
    .route('/', consortiumApi(app))
}

const begin = {
  operationId: 'startApplication',
  summary: 'Begins an application',
  description:
    'A draft under a published call, coordinated by an organisation of the caller. A call outside any guide opens no action: leave it out. With a UUID as Idempotency-Key, sending it twice begins one.',
  requestBody: takes(newApplication, { 'small-scale': exampleApplication }),
  responses: { 201: answers(codeSchema, 'What stands in its addresses.') }
} satisfies Parameters<typeof describeRoute>[0]
