import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { type TextKey, texts } from '../texts/index.ts'
import { type Problem, type Reason, type Refused, isRefused, statusOf } from './refused.ts'

const titles: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  503: 'Service Unavailable'
}

/** Answers a machine: what was asked for as JSON, or why not as problem+json (RFC 9457) in both languages. */
export function reply(c: Context, outcome: object | Refused, status: 200 | 201 = 200): Response {
  if (isRefused(outcome)) return refuse(c, outcome)
  const outgoing = outgoingOf(c)
  return outgoing && c.req.method !== 'GET' ? sendJson(outgoing, outcome, status) : c.json(outcome, status)
}

/** Says that nobody else may be given the answer; a route that says otherwise is heard. */
export function keepPrivate(c: Context): void {
  const outgoing = outgoingOf(c)
  if (outgoing) outgoing.setHeader(...isPrivate)
  else c.header(...isPrivate)
}

const isPrivate = ['cache-control', 'private, no-store'] as const

/** Node's response, where a server answers. */
function outgoingOf(c: Context): HttpBindings['outgoing'] | undefined {
  return (c.env as Partial<HttpBindings> | undefined)?.outgoing
}

/**
 * What was done is told by Node itself: a web Response makes a stream of each small body, a tenth of what a save costs.
 * Headers are those of Node's response; what is set by `c.header` is for answers that are read.
 */
function sendJson(outgoing: HttpBindings['outgoing'], outcome: object, status: number): Response {
  const body = JSON.stringify(outcome)
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body)
  })
  outgoing.end(body)
  return RESPONSE_ALREADY_SENT
}

/** A refusal as problem+json. */
export function refuse(c: Context, outcome: Refused): Response {
  const status = statusOf[outcome.refused]
  const said = reasonIn(outcome.refused)
  const problems = outcome.problems.map((problem) => ({ path: problem.field, message: inBoth(problem) }))
  const first = problems[0]?.message ?? said
  if (outcome.retryAfterSeconds) c.header('retry-after', String(outcome.retryAfterSeconds))
  if (status === 401) c.header('www-authenticate', 'Bearer realm="kopa"')
  return c.json(
    {
      type: 'about:blank',
      title: titles[status],
      status,
      detail: `${first.en} · ${first.lv}`,
      reason: outcome.refused,
      problems,
      ...(outcome.current === undefined ? {} : { current: outcome.current })
    },
    status,
    { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  )
}

function inBoth({ key, args, words }: Problem): { en: string; lv: string } {
  if (words) return { en: words.en, lv: words.lv }
  const say = (language: 'en' | 'lv') =>
    (texts(language) as (key: TextKey, args?: object) => string)(key, args)
  return { en: say('en'), lv: say('lv') }
}

function reasonIn(reason: Reason): { en: string; lv: string } {
  return { en: texts('en')(`form.refused.${reason}`), lv: texts('lv')(`form.refused.${reason}`) }
}
