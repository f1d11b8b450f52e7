/** What is asked: the bytes of each request, and what is remembered of its answer for the next one. */
import { randomUUID } from 'node:crypto'
import { textOf } from '../../tests/deadline/two-kilobytes.ts'
import { type Writer, request, writing } from '../../tests/deadline/writer.ts'

export type Asking =
  /** A 2 kB body to a server that only counts it: what the generator itself can do. */
  | { of: 'nothing' }
  /** Beside the product: the same work by Node http and pg alone. */
  | { of: 'bare-save'; drafts: number }
  | { of: 'bare-submission'; drafts: readonly [from: number, to: number] }
  /** Each save is of the next writer's application; `origin` as a browser sends it. */
  | { of: 'save'; writers: readonly Writer[]; path: string; version: number; origin: string }
  /**
   * Before it counts the first `warmUp` of them hand in; `looked`: each takes the last look, as a person does, whose
   * button stands beside what it shows.
   */
  | {
      of: 'submission'
      writers: readonly Writer[]
      declaration: string
      origin: string
      warmUp: number
      looked: boolean
    }
  /** Pages, in turn. */
  | { of: 'page'; paths: readonly string[]; cookies: readonly string[]; origin: string }

export type One = { request: string; at: number }

export type Requests = {
  next: () => One
  answered: (one: One, body: string) => void
  /** How many are asked before it counts. */
  warmUp?: number
  /** What else is asked before it counts. */
  before?: readonly string[]
  /** Whether the time counts until the first byte, not the last. */
  untilFirstByte?: boolean
}

const bare = 'http://localhost'

export function requestsOf(asking: Asking): Requests {
  switch (asking.of) {
    case 'nothing':
      return bareRequests(1, ({ count }) => request('PUT', '/', bare, '', textOf(count)))
    case 'bare-save':
      return bareRequests(asking.drafts, ({ count, at }) =>
        request('PUT', `/drafts/${at + 1}`, bare, '', textOf(count))
      )
    case 'bare-submission': {
      const [from, to] = asking.drafts
      return once(to - from, (at) => request('POST', `/drafts/${from + at + 1}/submission`, bare))
    }
    case 'save':
      return saves(asking)
    case 'submission':
      return {
        ...once(asking.writers.length, (at) => {
          const { application, cookie } = asking.writers[at]!
          const path = `/api/v1/applications/${application}/submission`
          const body = JSON.stringify({ declaration: asking.declaration, form: randomUUID() })
          return writing('POST', path, asking.origin, cookie, body)
        }),
        warmUp: asking.warmUp,
        before: asking.looked ? looks(asking) : []
      }
    case 'page':
      return {
        ...bareRequests(asking.paths.length, ({ count, at }) => {
          const cookie = asking.cookies[count % asking.cookies.length]!
          return request(
            'GET',
            asking.paths[at]!,
            asking.origin,
            `cookie: ${cookie}\r\naccept: text/html\r\n`
          )
        }),
        untilFirstByte: true
      }
  }
}

/** The last look of everybody, all but those who hand in before it counts. */
function looks({ writers, origin, warmUp }: Extract<Asking, { of: 'submission' }>): string[] {
  return writers
    .slice(warmUp)
    .map(({ application, cookie }) =>
      request('GET', `/api/v1/applications/${application}/final-check`, origin, `cookie: ${cookie}\r\n`)
    )
}

function bareRequests(places: number, make: (which: { count: number; at: number }) => string): Requests {
  let count = 0
  return {
    next: () => {
      const at = count % places
      return { request: make({ count: count++, at }), at }
    },
    answered: () => {}
  }
}

/** Each can be asked one time only. */
function once(places: number, make: (at: number) => string): Requests {
  let at = 0
  return {
    next: () => {
      if (at === places) throw new Error(`There are only ${places} of these.`)
      return { request: make(at), at: at++ }
    },
    answered: () => {}
  }
}

function saves({ writers, path, version, origin }: Extract<Asking, { of: 'save' }>): Requests {
  const seen = new Float64Array(writers.length).fill(version)
  let count = 0
  return {
    warmUp: writers.length,
    next: () => {
      const at = count % writers.length
      const { application, cookie } = writers[at]!
      const body = `{"base":${seen[at]},"text":"${textOf(count++)}"}`
      const target = `/api/v1/applications/${application}/answers/${path}`
      return { request: writing('PUT', target, origin, cookie, body), at }
    },
    answered: ({ at }, body) => {
      seen[at] = Number(/"version":(\d+)/.exec(body)?.[1])
    }
  }
}
