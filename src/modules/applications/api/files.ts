import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { type FileRefusal, downloadFile, downloadRefusalText, fileRefusalText } from '#shared/files/index.ts'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers } from '#shared/forms/api-described.ts'
import { line, wholeNumber } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { texts } from '#shared/texts/index.ts'
import { attachFile, mostAttachmentBytes } from '../actions/attach-file.ts'
import { removeAttachment } from '../actions/remove-attachment.ts'
import { attachmentOf } from '../reads.ts'
import { savedSchema } from './answered.ts'

type Variables = { Variables: { caller: Caller } }
type Holding = Parameters<typeof attachFile>[0] & Parameters<typeof removeAttachment>[0]

/** The files of a draft: given as they are, taken out, read again. */
export function filesApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()
  const file = '/applications/:application/files/:path'

  api.get(file, describeRoute(read), async (c) => {
    const { application, path } = c.req.param()
    const found = await attachmentOf(app, c.var.caller, application, path)
    if (isRefused(found)) return refuse(c, found)
    const known = c.req.header('if-none-match') ?? null
    const answer = await downloadFile(app, found, { person: c.var.caller.person, copies: 'private', known })
    if (answer instanceof Response) return answer
    return refuse(
      c,
      refusedInWords('not-found', (t) => downloadRefusalText(answer, t))
    )
  })
  // The body is not touched before it is known that the caller may give a file, and never longer than one may be.
  api.put(file, describeRoute(give), async (c) => {
    const { application, path } = c.req.param()
    const asked = readInput(giving, c.req.query())
    if ('problems' in asked) return refuse(c, refused('invalid', { problems: asked.problems }))
    const content = c.req.raw.body ?? new Uint8Array()
    const given = await attachFile(app, c.var.caller, application, path, { content, ...asked.data })
    return reply(c, 'refused' in given && !isRefused(given) ? refusedFile(given) : given)
  })
  api.delete(file, describeRoute(remove), async (c) => {
    const { application, path } = c.req.param()
    const asked = readInput(taking, c.req.query())
    if ('problems' in asked) return refuse(c, refused('invalid', { problems: asked.problems }))
    return reply(c, await removeAttachment(app, c.var.caller, application, { path, ...asked.data }))
  })
  return api
}

const taking = z.object({ base: wholeNumber(0, 1_000_000_000) })
const giving = taking.extend({ name: line() })

function refusedFile(refusal: FileRefusal): Refused {
  const reason = refusal.refused === 'no-room' ? 'failed' : 'invalid'
  return refusedInWords(reason, (t) => fileRefusalText(refusal, t))
}

function refusedInWords(
  reason: 'failed' | 'invalid' | 'not-found',
  say: (t: ReturnType<typeof texts>) => string
) {
  const words = { lv: say(texts('lv')), en: say(texts('en')) }
  return refused(reason, { problems: [{ field: 'file', key: 'form.not-understood', words }] })
}

const base = {
  name: 'base',
  in: 'query',
  required: true,
  schema: { type: 'integer', minimum: 0 },
  description: 'The version of the answer that was seen; 0 where there was none.'
} as const
const name = {
  name: 'name',
  in: 'query',
  required: true,
  schema: { type: 'string' },
  description: 'What the file is called.'
} as const
const notThere = {
  404: { description: 'There is no such file, or no such application for the caller.' }
} as const
const bytes = { schema: { type: 'string', format: 'binary' } } as const

type Description = Parameters<typeof describeRoute>[0]

const read: Description = {
  operationId: 'readFile',
  summary: 'A file that was given as an answer',
  responses: {
    200: { description: 'The file.', content: { 'application/octet-stream': bytes } },
    ...notThere
  }
}

const give: Description = {
  operationId: 'giveFile',
  summary: 'Gives a file as the answer to a question of kind `file`',
  description: `The file itself is the body, at most ${mostAttachmentBytes / 1_000_000} MB. What it is is found out by its content; \`asked\` of the form says which kinds are taken. One that was given before stays in the history.`, // not of a guide: megabytes
  parameters: [base, name],
  requestBody: { required: true, content: { 'application/octet-stream': bytes } },
  responses: {
    200: answers(savedSchema, 'The version that the answer has now.'),
    ...notThere,
    409: { description: 'Somebody else changed it meanwhile, or the application takes no changes now.' },
    422: { description: 'Too large, of another kind, or with too many pages. Nothing was kept.' }
  }
}

const remove: Description = {
  operationId: 'removeFile',
  summary: 'Takes a file out',
  description: 'It stays in the history.',
  parameters: [base],
  responses: {
    200: answers(savedSchema, 'The version that the answer has now.'),
    ...notThere,
    409: { description: 'Somebody else changed it meanwhile, or the application takes no changes now.' }
  }
}
