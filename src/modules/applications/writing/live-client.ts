/**
 * What happens in an application, for the page that has it open: who saved what, who is here, when to read something
 * anew. One stream for a page; while the page is hidden there is none.
 *
 *     const live = openLive({ application, view }, {
 *       saved: (heard) => fields.get(heard.path)?.hear(heard),
 *       versions: (versions) => { … field.hear({ version: versions[path] }) for each field of the page },
 *       here: (people) => { … }, comments: () => { … }, outline: () => { … }, line: (line) => { … }
 *     })
 *     live.stand({ path })                 a field has the focus
 *     live.stand({ cursor: { … } })        a cursor moved (field.cursor() says where)
 *     live.close()
 */
import type { Cursor, Heard, LiveEvents, Present } from './wire.ts'

/** Whether the page hears what others do. ended: it will not again (signed out, or no longer of the consortium). */
export type Line = 'opening' | 'open' | 'lost' | 'ended'

export type LiveNews = {
  saved: (heard: Heard) => void
  /** At the beginning and after each break: fields compare and catch up. */
  versions: (versions: LiveEvents['versions']) => void
  /** The others who are here. */
  here: (people: Present[]) => void
  comments: () => void
  outline: () => void
  line: (line: Line, reason?: string) => void
}

export type LiveClient = {
  stand: (where: { cursor?: Cursor | undefined; path?: string | undefined }) => void
  close: () => void
}

const standEvery = 5000 // not of a guide: milliseconds
const moveAtMostEvery = 800 // not of a guide: milliseconds
const hiddenFor = 20_000

export function openLive(
  { application, view }: { application: string; view: string },
  news: LiveNews
): LiveClient {
  const address = `/api/v1/applications/${encodeURIComponent(application)}`
  let source: EventSource | undefined
  let where: { cursor?: Cursor | undefined; path?: string | undefined } = {}
  let ended = false
  let told = 0
  let soon: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    if (source || ended) return
    news.line('opening')
    source = new EventSource(`${address}/live`)
    source.addEventListener('open', () => news.line('open'))
    source.addEventListener('error', lost)
    on('saved', (heard) => news.saved(heard))
    on('versions', (versions) => news.versions(versions))
    on('here', (people) => news.here(people.filter((one) => one.view !== view)))
    on('comments', () => news.comments())
    on('outline', () => news.outline())
    on('ended', ({ reason }) => {
      ended = true
      shut()
      news.line('ended', reason)
    })
    tell()
  }

  function on<Event extends keyof LiveEvents>(event: Event, hear: (data: LiveEvents[Event]) => void): void {
    source!.addEventListener(event, (message) =>
      hear(JSON.parse((message as MessageEvent<string>).data) as LiveEvents[Event])
    )
  }

  /** A browser opens a broken stream again by itself, but not one that was refused. */
  function lost(): void {
    news.line('lost')
    if (source?.readyState !== EventSource.CLOSED) return
    shut()
    setTimeout(() => document.hidden || open(), standEvery)
  }

  function shut(): void {
    source?.close()
    source = undefined
  }

  function tell(gone = false): void {
    clearTimeout(soon)
    soon = undefined
    if (ended) return
    told = performance.now()
    void fetch(`${address}/presence`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(gone ? { view, gone } : { view, ...where }),
      keepalive: true
    }).catch(() => {})
  }

  /** Others need not hear of every key. */
  function tellSoon(): void {
    soon ??= setTimeout(() => tell(), Math.max(0, told + moveAtMostEvery - performance.now()))
  }

  function visibility(): void {
    clearTimeout(hiding)
    if (!document.hidden) return open()
    // Browsers allow few connections: windows that nobody looks at let go of theirs, and catch up afterwards.
    hiding = setTimeout(() => {
      shut()
      tell(true)
    }, hiddenFor)
  }

  const leaving = () => tell(true)
  const standing = setInterval(() => source && tell(), standEvery)
  document.addEventListener('visibilitychange', visibility)
  addEventListener('pagehide', leaving)
  open()

  return {
    stand: (now) => {
      where = now
      tellSoon()
    },
    close: () => {
      clearInterval(standing)
      clearTimeout(hiding)
      document.removeEventListener('visibilitychange', visibility)
      removeEventListener('pagehide', leaving)
      if (source) tell(true)
      shut()
      ended = true
    }
  }
}
