import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { optionalOneOf } from '#shared/forms/fields.ts'
import { invalid } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { languages } from '#shared/texts/language.ts'
import { formInDraft } from '../form/reads.ts'
import { toldFormExample, toldFormSchema } from './form-schema.ts'

type Variables = { Variables: { caller: Caller } }

/** Which questions a draft asks. */
export function formApi(app: Parameters<typeof formInDraft>[0]): Hono<Variables> {
  const api = new Hono<Variables>()
  api.get('/applications/:application/form', describeRoute(show), async (c) => {
    const language = optionalOneOf(languages).safeParse(c.req.query('language'))
    if (!language.success) return refuse(c, invalid('language', 'form.not-offered'))
    return reply(c, await formInDraft(app, c.var.caller, c.req.param('application'), language.data))
  })
  return api
}

const show: Parameters<typeof describeRoute>[0] = {
  operationId: 'showFormOfDraft',
  summary: 'The form of a draft: its questions, and which are asked now',
  description: `By the terms that the draft is written under. \`sections\` has every question in one language, \`asked\`
where each that is asked now is answered, given what is answered so far: what its path, version and limit are, and whether
it is required. Read it again when an answer that others depend on has changed.`,
  parameters: [
    {
      name: 'language',
      in: 'query',
      required: false,
      schema: { type: 'string', enum: [...languages] },
      description: 'Of the texts; left out: the one in which the application is written.'
    }
  ],
  responses: {
    200: {
      description: 'The form.',
      content: { 'application/json': { schema: resolver(toldFormSchema), example: toldFormExample } }
    },
    401: { description: 'Nobody is signed in.' },
    404: { description: 'There is no such application for the caller.' },
    422: { description: 'It is not told in that language.' }
  }
}
