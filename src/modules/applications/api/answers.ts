import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { fieldOfDraft } from '../reads.ts'
import type { Holding } from '../writing/save.server.ts'
import { fieldSchema, savedSchema } from './answered.ts'
import { deltaSchema } from './delta-schema.ts'
import { isOfAnotherWriter } from './other-writer.ts'

type Variables = { Variables: { caller: Caller } }

/** Reading and saving fields of a draft. */
export function answersApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()
  api.put('/applications/:application/answers/:path', describeRoute(save), async (c) => {
    if (isOfAnotherWriter(c)) return refuse(c, refused('sign-in'))
    const given = await readBody(c, saving)
    if (isRefused(given)) return refuse(c, given)
    return reply(
      c,
      await saveAnswer(app, c.var.caller, c.req.param('application'), c.req.param('path'), given)
    )
  })
  api.get('/applications/:application/answers/:path', describeRoute(read), async (c) => {
    const since = version.safeParse(c.req.query('since'))
    if (!since.success) return refuse(c, invalid('since', 'form.not-a-number'))
    return reply(
      c,
      await fieldOfDraft(app, c.var.caller, c.req.param('application'), c.req.param('path'), since.data)
    )
  })
  return api
}

const version = z.coerce.number().int().min(0).optional()

const base = z.number('form.not-a-number').int('form.not-a-number').min(0, 'form.too-small')
const number = z.uuid('form.not-understood').optional()
const saving = z.union(
  [
    z.strictObject({ base, save: number, text: z.string('form.missing') }),
    z.strictObject({ base, save: number, delta: deltaSchema }),
    z.strictObject({ base, save: number, value: z.json() })
  ],
  'form.not-understood'
)

const save = {
  operationId: 'saveAnswer',
  summary: 'Saves a field of a draft',
  description: `Of a field's answer, name in \`base\` the version that you saw; 0 where it was never saved. Give the whole
\`text\`, or as \`delta\` only what changed (a list of [at, units removed, text inserted], in UTF-16 units of the text of
\`base\`), or the \`value\` of a question that is no text. Texts are merged with what others wrote meanwhile; another value
is refused with 409 and what stands now as \`current\`. With a UUID as \`save\`, sending it again keeps it once. It
answers once the save is durable.`,
  requestBody: takes(saving, {
    text: { base: 0, text: 'We read aloud to each other.' },
    value: { base: 0, value: 24 },
    delta: { base: 3, delta: [[0, 2, 'They']] }
  }),
  responses: {
    200: answers(
      savedSchema,
      '`text` or `delta` come along where the text that stands is not the one that was sent.'
    ),
    409: { description: 'Somebody else changed it meanwhile, or the application takes no changes now.' },
    422: { description: 'What is wrong with what was sent. Nothing was kept.' },
    429: { description: 'Too many saves. Retry-After says when.' }
  }
} satisfies Parameters<typeof describeRoute>[0]

const read = {
  operationId: 'readAnswer',
  summary: 'A field of a draft as it stands',
  description:
    'With `since`, a version that you have: what leads its text to the one that stands comes along as `delta`.',
  responses: { 200: answers(fieldSchema, 'With `text` or `value`.') }
} satisfies Parameters<typeof describeRoute>[0]
