/** The world of a browser, for field-client.ts and value-client.ts: its network, its storage, its clock. */
import { browserTime, goneWindows, viewNumber } from './browser-window.ts'
import type { Failure, Ports, Sent, Unsaved } from './outside.ts'
import { type ChangedMeanwhile, type FieldNow, type Saved, writerHeader } from './wire.ts'
import type { UnsavedValue, ValuePorts } from './value-client.ts'

/** Where a field is: the code of the application and the path. */
type FieldAddress = { application: string; path: string }

/** The same, and who writes there (people.person): nobody else is offered their words or saves them. */
export type FieldPlace = FieldAddress & { person: string }

const addressOf = ({ application, path }: FieldAddress) =>
  `/api/v1/applications/${encodeURIComponent(application)}/answers/${encodeURIComponent(path)}`

/** For a text field. @param view a number of this window: viewNumber() */
export function portsFor(place: FieldPlace, view: string): Ports {
  return {
    send: async (save) => settled(await put(place, save)),
    since: async (version) => {
      const now = await fieldSince(place, version)
      return now && { version: now.version, delta: now.delta ?? [] }
    },
    keep: (unsaved) => keepUnsaved(place, view, unsaved),
    ...clock
  }
}

/** For any other field. */
export function valuePortsFor(place: FieldPlace, view: string): ValuePorts {
  return {
    send: async (save) => {
      const answer = await put(place, save)
      const current = answer?.status === 409 ? (answer.body as Problem).current : undefined
      return current ? { outcome: 'changed', current } : settled(answer)
    },
    keep: (unsaved) => keepUnsaved(place, view, unsaved),
    ...clock
  }
}

const clock = {
  after: (milliseconds: number, work: () => void) => {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
  now: browserTime,
  draw: viewNumber
}

type Problem = {
  reason?: string
  problems?: { message: { lv: string; en: string } }[]
  current?: ChangedMeanwhile
}
type Answered = { status: number; body: unknown; wait: number }

const patience = 30_000 // not of a guide: milliseconds
// What a browser sends after its page is gone may not be larger.
const largestKeptAlive = 60_000 // not of a guide: bytes

/** @returns undefined when the server cannot be reached */
async function put(place: FieldPlace, save: object): Promise<Answered | undefined> {
  const body = JSON.stringify(save)
  try {
    const response = await fetch(addressOf(place), {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        // Somebody else may have signed in in another window of this browser.
        [writerHeader]: place.person
      },
      body,
      // A save that is on its way when the page is left arrives all the same.
      keepalive: body.length < largestKeptAlive,
      signal: AbortSignal.timeout(patience)
    })
    const wait = Number(response.headers.get('retry-after') ?? 0)
    return { status: response.status, body: await response.json().catch(() => ({})), wait }
  } catch {
    return undefined
  }
}

function settled(answer: Answered | undefined): Sent {
  if (!answer || answer.status === 502 || answer.status === 504) return { outcome: 'unreachable' }
  if (answer.status < 300) return { outcome: 'saved', saved: answer.body as Saved }
  const { reason = 'server', problems = [] } = answer.body as Problem
  const failure: Failure = { reason, said: problems[0]?.message ?? { lv: '', en: '' } }
  // Whoever signs in again in another window goes on here.
  if (answer.status === 401) return { outcome: 'busy', failure, seconds: 10 }
  if (answer.status === 429 || answer.status >= 500) return { outcome: 'busy', failure, seconds: answer.wait }
  return { outcome: 'refused', failure }
}

/** A field as it stands, with what leads a text from a version to it; undefined when it cannot be had. */
export async function fieldSince(place: FieldAddress, version?: number): Promise<FieldNow | undefined> {
  try {
    const since = version === undefined ? '' : `?since=${version}`
    const response = await fetch(addressOf(place) + since, { headers: { accept: 'application/json' } })
    return response.ok ? ((await response.json()) as FieldNow) : undefined
  } catch {
    return undefined
  }
}

const prefix = 'kopa-unsaved:'
const keyOf = ({ person, application, path }: FieldPlace, view: string) =>
  `${prefix}${person}:${application}:${path}:${view}`

/** Writes down what is not acknowledged yet: in localStorage, which has it at once and outlives a crash. */
function keepUnsaved(place: FieldPlace, view: string, unsaved: Unsaved | UnsavedValue | undefined): void {
  try {
    if (unsaved) localStorage.setItem(keyOf(place, view), JSON.stringify(unsaved))
    else localStorage.removeItem(keyOf(place, view))
  } catch {
    // A full or forbidden storage: the text is in the box, and the state beside it says that it is not saved.
  }
}

/** Something that a window left behind. */
export type LeftBehind = { path: string; view: string } & (
  { kind: 'text'; unsaved: Unsaved } | { kind: 'value'; unsaved: UnsavedValue }
)

/** What windows of a person that are gone left behind in this browser for an application: to be offered to them. */
export async function leftBehind({ person, application }: Omit<FieldPlace, 'path'>): Promise<LeftBehind[]> {
  const found: LeftBehind[] = []
  try {
    const isGone = await goneWindows()
    for (const key of Object.keys(localStorage)) {
      const start = `${prefix}${person}:${application}:`
      if (!key.startsWith(start)) continue
      const [path, view] = key.slice(start.length).split(':') as [string, string]
      const left = stillLeft({ person, application }, { path, view })
      if (left && isGone(view, left.unsaved.at)) found.push(left)
    }
  } catch {
    // No storage: nothing was left.
  }
  return found
}

/** What still lies where something was left behind; undefined: another window has dealt with it. */
export function stillLeft(
  of: Omit<FieldPlace, 'path'>,
  { path, view }: Pick<LeftBehind, 'path' | 'view'>
): LeftBehind | undefined {
  const unsaved = JSON.parse(localStorage.getItem(keyOf({ ...of, path }, view)) ?? 'null') as
    Unsaved | UnsavedValue | null
  if (!unsaved) return undefined
  return 'value' in unsaved ? { path, view, kind: 'value', unsaved } : { path, view, kind: 'text', unsaved }
}

/**
 * Takes up what was left behind, once: other windows offer it, too, and may have taken it up meanwhile.
 * @param work takes up what still lies there, and says whether all of it arrived; `keep` writes down how far it came
 * @returns whether nothing lies there any more
 */
export async function takeUpOnce(
  of: Omit<FieldPlace, 'path'>,
  { path, view }: LeftBehind,
  work: (left: LeftBehind, keep: (unsaved: Unsaved) => void) => Promise<boolean>
): Promise<boolean> {
  const place = { ...of, path }
  const turn = async () => {
    const left = stillLeft(of, { path, view })
    if (!left) return true
    const arrived = await work(left, (unsaved) => keepUnsaved(place, view, unsaved))
    if (arrived) keepUnsaved(place, view, undefined)
    return arrived
  }
  return navigator.locks ? navigator.locks.request(`kopa-left-behind:${keyOf(place, view)}`, turn) : turn()
}

/** Lets go of what was left behind: the person does not want it. */
export function forgetLeftBehind(of: Omit<FieldPlace, 'path'>, { path, view }: LeftBehind): void {
  keepUnsaved({ ...of, path }, view, undefined)
}
