import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { reply } from '#shared/forms/api-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { retryJob } from './actions/retry-job.ts'
import { retryMail } from './actions/retry-mail.ts'
import { failingJobSchema, outboxSchema, problemSchema } from './api-schemas.ts'
import type { Installation } from './delivery.server.ts'
import { isMailId, stateNamed } from './outbox.ts'
import { deadLetters, mailOutbox } from './reads.ts'

type Door = { Variables: { caller: Caller } }

/** The machines' door of this module, mounted at /api/v1. */
export function operationsApi(app: { database: Database } & Installation): Hono<Door> {
  const api = new Hono<Door>()

  api.get('/operations/jobs', describeRoute(jobsDescription), async (c) => {
    const jobs = await deadLetters(app, c.var.caller)
    return reply(c, isRefused(jobs) ? jobs : { jobs })
  })

  api.post('/operations/jobs/:job/attempts', describeRoute(retryJobDescription), async (c) =>
    reply(c, await retryJob(app, c.var.caller, { job: c.req.param('job') }))
  )

  api.get('/operations/mail', describeRoute(mailDescription), async (c) => {
    const olderThan = c.req.query('older-than')
    return reply(
      c,
      await mailOutbox(app, c.var.caller, {
        state: stateNamed(c.req.query('state')),
        olderThan: isMailId(olderThan) ? olderThan : undefined
      })
    )
  })

  api.post('/operations/mail/:mail/attempts', describeRoute(retryMailDescription), async (c) =>
    reply(c, await retryMail(app, c.var.caller, { mail: c.req.param('mail') }))
  )

  return api
}

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: resolver(problemSchema) } }
})
const closed = {
  401: problem('Nobody is signed in.'),
  403: problem('Only administrators may, with their second factor.')
}

const jobsDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listFailingJobs',
  summary: 'Jobs that fail, for administrators',
  responses: {
    200: json(z.object({ jobs: z.array(failingJobSchema) }), 'Those laid aside first.'),
    ...closed
  }
}

const retryJobDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'retryJob',
  summary: 'Have a failing job tried again at once',
  responses: {
    200: json(z.object({ job: z.string() }), 'It is tried.'),
    ...closed,
    409: problem('It is not waiting any more.'),
    422: problem('This is no number of a job.')
  }
}

const mailDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listOutgoingMail',
  summary: 'Outgoing mail without its words, for administrators',
  parameters: [
    {
      name: 'state',
      in: 'query',
      required: false,
      schema: { type: 'string', enum: ['waiting', 'kept', 'sending', 'sent', 'failed'] }
    },
    {
      name: 'older-than',
      in: 'query',
      required: false,
      schema: { type: 'string', format: 'uuid' },
      description: '`olderThan` of the page before.'
    }
  ],
  responses: { 200: json(outboxSchema, 'The newest first, 50 at a time.'), ...closed }
}

const retryMailDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'retryMail',
  summary: 'Have a mail sent that was kept or that failed',
  responses: {
    200: json(z.object({ mails: z.int() }), 'It waits to be sent.'),
    ...closed,
    409: problem('It cannot be sent any more, or no mail server is configured.'),
    422: problem('This is no id of a mail.')
  }
}
