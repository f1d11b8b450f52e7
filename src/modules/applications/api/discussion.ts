import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { decideSuggestion } from '../actions/decide-suggestion.ts'
import { endTask } from '../actions/end-task.ts'
import { giveTask } from '../actions/give-task.ts'
import { restoreAnswer } from '../actions/restore-answer.ts'
import { settleComment } from '../actions/settle-comment.ts'
import { suggestChange } from '../actions/suggest-change.ts'
import { writeComment } from '../actions/write-comment.ts'
import { answerOfVersion, colleaguesInDraft, discussionInDraft, historyOfField } from '../reads.ts'
import type { Holding } from '../writing/save.server.ts'
import { colleaguesSchema, discussionSchema, idSchema, savedSchema, spansSchema } from './answered.ts'
import { comment, count, deciding, ending, restoring, suggestion, task } from './discussion-schemas.ts'

type Variables = { Variables: { caller: Caller } }

/** What people say to each other about a draft, and what happened in its fields. */
export function discussionApi(app: Holding): Hono<Variables> {
  const api = new Hono<Variables>()
  const of = (c: Context<Variables>) => [app, c.var.caller, c.req.param('application')!] as const

  api.get('/applications/:application/discussion', describeRoute(said.read), async (c) => {
    return reply(c, await discussionInDraft(...of(c), c.req.query('path')))
  })
  api.get('/applications/:application/colleagues', describeRoute(said.colleagues), async (c) => {
    const found = await colleaguesInDraft(...of(c))
    return isRefused(found) ? refuse(c, found) : c.json({ colleagues: found })
  })
  api.post('/applications/:application/comments', describeRoute(said.comment), async (c) => {
    const given = await readBody(c, comment)
    return isRefused(given) ? refuse(c, given) : reply(c, await writeComment(...of(c), given), 201)
  })
  for (const [method, state, description] of [
    ['put', 'settled', said.settle],
    ['delete', 'open', said.reopen]
  ] as const) {
    api[method](
      '/applications/:application/comments/:id/settlement',
      describeRoute(description),
      async (c) => {
        const id = c.req.param('id')
        return isId(id) ? reply(c, await settleComment(...of(c), id, state)) : refuse(c, refused('not-found'))
      }
    )
  }
  api.post('/applications/:application/suggestions', describeRoute(said.suggest), async (c) => {
    const given = await readBody(c, suggestion)
    return isRefused(given) ? refuse(c, given) : reply(c, await suggestChange(...of(c), given), 201)
  })
  api.post('/applications/:application/suggestions/:id/decision', describeRoute(said.decide), async (c) => {
    const given = await readBody(c, deciding)
    const id = c.req.param('id')
    if (isRefused(given)) return refuse(c, given)
    return isId(id)
      ? reply(c, await decideSuggestion(...of(c), id, given.decision))
      : refuse(c, refused('not-found'))
  })
  api.post('/applications/:application/tasks', describeRoute(said.task), async (c) => {
    const given = await readBody(c, task)
    return isRefused(given) ? refuse(c, given) : reply(c, await giveTask(...of(c), given), 201)
  })
  api.post('/applications/:application/tasks/:id/ending', describeRoute(said.end), async (c) => {
    const given = await readBody(c, ending)
    const id = c.req.param('id')
    if (isRefused(given)) return refuse(c, given)
    return isId(id) ? reply(c, await endTask(...of(c), id, given.ending)) : refuse(c, refused('not-found'))
  })
  api.get('/applications/:application/answers/:path/history', describeRoute(said.history), async (c) => {
    const before = count.optional().safeParse(c.req.query('before') && Number(c.req.query('before')))
    if (!before.success) return refuse(c, invalid('before', 'form.not-a-number'))
    const spans = await historyOfField(...of(c), c.req.param('path'), before.data)
    return isRefused(spans) ? refuse(c, spans) : c.json({ spans })
  })
  api.get(
    '/applications/:application/answers/:path/versions/:version',
    describeRoute(said.version),
    async (c) => {
      const version = count.safeParse(Number(c.req.param('version')))
      if (!version.success) return refuse(c, invalid('version', 'form.not-a-number'))
      return reply(c, await answerOfVersion(...of(c), c.req.param('path'), version.data))
    }
  )
  api.post('/applications/:application/answers/:path/restoration', describeRoute(said.restore), async (c) => {
    const given = await readBody(c, restoring)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await restoreAnswer(...of(c), c.req.param('path'), given.version))
  })
  return api
}

const isId = (text: string) => z.uuid().safeParse(text).success
const described = (
  operationId: string,
  summary: string,
  description: string,
  {
    takes: body,
    answers: answered,
    status = 200
  }: { takes?: z.ZodType; answers?: z.ZodType; status?: 200 | 201 } = {}
) => ({
  operationId,
  summary,
  description,
  ...(body && { requestBody: takes(body) }),
  responses: {
    [status]: answered ? answers(answered, 'What became of it.') : { description: 'What became of it.' },
    403: { description: 'Not for the caller.' }
  }
})

const said = {
  read: described(
    'readDiscussion',
    'Comments, open suggestions and tasks of a draft',
    'With `path` only those of one field or section. Suggestions as they would change the text that stands now.',
    { answers: discussionSchema }
  ),
  colleagues: described(
    'listColleagues',
    'Who works on a draft',
    'Everybody of the organisations that take part: whom one can name, and ask to write a part.',
    { answers: colleaguesSchema }
  ),
  comment: described(
    'writeComment',
    'Comments on a part of a draft',
    'On a field or a section, about words of its text (`quote`) or in answer to a comment (`answers`). Those named get a mail. With `form`, a UUID, the same words sent twice are said once.',
    { takes: comment, answers: idSchema, status: 201 }
  ),
  settle: described('settleComment', 'Settles a talk', 'It stays readable, and can be opened again.'),
  reopen: described('reopenComment', 'Opens a settled talk again', 'By anybody of the consortium.'),
  suggest: described(
    'suggestChange',
    'Proposes a change of a text',
    'As a save of it, against the version in `base`. It changes nothing until it is accepted.',
    { takes: suggestion, answers: idSchema, status: 201 }
  ),
  decide: described(
    'decideSuggestion',
    'Accepts, declines or takes back a suggestion',
    'An accepted one is brought together with what was written since.',
    { takes: deciding }
  ),
  task: described('giveTask', 'Asks a colleague to write a part', 'They get a mail.', {
    takes: task,
    answers: idSchema,
    status: 201
  }),
  end: described('endTask', 'Ends a task', 'It was done, or is no longer asked for.', { takes: ending }),
  history: described(
    'readHistory',
    'Who wrote what in a field, and when',
    'Versions of one person without a long pause are one span; the newest first, at most 200. With `before`, what came before that version.',
    { answers: spansSchema }
  ),
  version: described('readVersion', 'A field as it stood at a version', 'Its `text` or `value`.'),
  restore: described(
    'restoreAnswer',
    'Brings back what stood at a version',
    'As a new version: nothing that came since is lost.',
    { takes: restoring, answers: savedSchema }
  )
} as const
