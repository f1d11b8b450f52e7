import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { fields } from '#modules/programmes'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { myApplications } from '../reads.ts'

type Variables = { Variables: { caller: Caller } }

/** Where a program finds the applications of whom it works for. */
export function ownApplicationsApi(app: Parameters<typeof myApplications>[0]): Hono<Variables> {
  const api = new Hono<Variables>()
  api.get('/applications', describeRoute(list), async (c) => {
    const own = await myApplications(app, c.var.caller)
    if (isRefused(own)) return refuse(c, own)
    return reply(c, { applications: own.flatMap(toldOf) })
  })
  return api
}

function toldOf({ organisation, applications }: OwnOnes): z.output<typeof ownSchema>[] {
  return applications.map(({ outline, participant, call }) => {
    const { code, title, state, action, edition, field, language } = outline
    const { id, role, state: answered } = participant
    return {
      ...{ code, title, state, action, edition, field, language, organisation },
      participant: { id, role, state: answered },
      call: { code: outline.call, closesAt: call.closesAt.toString(), open: call.open }
    }
  })
}

type OwnOnes = Exclude<Awaited<ReturnType<typeof myApplications>>, { refused: unknown }>[number]

const ownSchema = z.object({
  code: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'submitted', 'withdrawn']),
  action: z.string(),
  edition: z.int(),
  field: z.enum(fields),
  language: z.string(),
  organisation: z.uuid(),
  participant: z
    .object({ id: z.uuid(), role: z.string(), state: z.string() })
    .meta({ description: 'The part of the organisation in it.' }),
  call: z.object({ code: z.string(), closesAt: z.iso.datetime(), open: z.boolean() })
})

const list: Parameters<typeof describeRoute>[0] = {
  operationId: 'listOwnApplications',
  summary: 'The applications of the organisations that the caller works for',
  responses: {
    200: {
      description: 'Those begun last first.',
      content: { 'application/json': { schema: resolver(z.object({ applications: z.array(ownSchema) })) } }
    },
    401: { description: 'Nobody is signed in.' }
  }
}
