import { z } from 'zod'

/** What the endpoints of this module answer; the OpenAPI document is made of it. */

const moment = z.iso.datetime({ offset: true })

export const failingJobSchema = z.object({
  id: z.string(),
  name: z.string().describe('module.verb-noun'),
  state: z.enum(['tried-again', 'laid-aside']).describe('laid-aside: not tried again by itself'),
  attempts: z.int(),
  mostAttempts: z.int(),
  why: z.string().describe('What was said when it failed last'),
  since: moment,
  lastTried: moment,
  next: moment.nullable(),
  event: z.string().nullable().describe('The event that it delivers')
})

const mailState = z.enum(['waiting', 'kept', 'sending', 'sent', 'failed'])

export const mailSchema = z.object({
  id: z.uuid(),
  queuedAt: moment,
  kind: z.string(),
  language: z.string(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  state: mailState,
  attempts: z.int(),
  nextAttempt: moment.nullable(),
  endedAt: moment.nullable(),
  failure: z.enum(['refused', 'given-up', 'too-late']).nullable(),
  answer: z.string().nullable().describe('What the mail server said last'),
  opens: z.literal('account').nullable().describe('account: its link lets one into an account'),
  erased: z.boolean(),
  sendable: z.boolean()
})

export const outboxSchema = z.object({
  delivery: z.object({
    way: z.enum(['sent', 'no-server', 'demonstration']),
    host: z.string().optional(),
    alone: z.boolean().optional()
  }),
  counts: z.record(mailState, z.int()),
  trouble: z
    .object({ answer: z.string(), since: moment })
    .optional()
    .describe('Why no mail can be sent right now'),
  mails: z.array(mailSchema),
  olderThan: z.uuid().optional().describe('Give it as older-than for the next page')
})

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  reason: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.object({ lv: z.string(), en: z.string() }) }))
})
