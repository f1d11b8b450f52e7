/**
 * A text field as a browser holds it: what the server has acknowledged, what is on its way, what was typed since. It
 * knows no browser: what it does outside is handed to it, so that tests run it as it is (field-ports.ts is the real
 * one).
 *
 *     const field = openField({ version, text }, portsFor(…), {
 *       changed: () => { … show field.text, field.state }, moved: (delta) => { … move the cursor }
 *     })
 *     field.type(box.value)        on every input event
 *     field.hear(change)           what live-client.ts hears of this path
 *     field.flush()                when the box loses the focus or the page is hidden
 *     field.retry()                when the browser is online again, or by the button beside a failure
 *     field.close()                when the component goes
 */
import { keptEvery } from './browser-window.ts'
import { type Delta, apply, compose, invert, moved, transform } from './delta.ts'
import { between } from './difference.ts'
import type { Heard, Saved } from './wire.ts'

/**
 * What a person sees beside the field:
 * - saved: all of it is durable · waiting: typed, sent within a moment · saving: on its way
 * - offline: the server cannot be reached; kept in the browser, tried again · failed: refused; kept in the browser
 */
export type FieldState = 'saved' | 'waiting' | 'saving' | 'offline' | 'failed'

/** Why a save failed, in the words of the server. `reason` as in the refusals of the API. */
export type Failure = { reason: string; said: { lv: string; en: string } }

/** What became of a save. */
export type Sent =
  | { outcome: 'saved'; saved: Saved }
  /** It will be refused again, until something else is typed or done. */
  | { outcome: 'refused'; failure: Failure }
  /** Not now, but soon. */
  | { outcome: 'busy'; failure: Failure; seconds: number }
  | { outcome: 'unreachable' }

/** What was typed and is not acknowledged: enough to save it after the browser died. */
export type Unsaved = {
  /** The version that it was typed into. */
  base: number
  /** As sent, perhaps kept already: it is sent again under the same number. */
  sent: { save: string; delta: Delta } | null
  /** What was typed since, about the text after `sent`. */
  delta: Delta
  /** The whole text, for a person to look at. */
  text: string
  /** When it was written down last, in milliseconds since 1970; an open page does so every five seconds. */
  at: number
}

/** The world outside. */
export type Ports = {
  send: (save: { base: number; save: string; delta: Delta }) => Promise<Sent>
  /** What others did since a version; undefined when the server cannot be reached. */
  since: (version: number) => Promise<{ version: number; delta: Delta } | undefined>
  /** Writes down what is not acknowledged, so that it outlives the browser; undefined: there is nothing any more. */
  keep: (unsaved: Unsaved | undefined) => void
  /** Does something later. @returns what calls it off */
  after: (milliseconds: number, work: () => void) => () => void
  /** Milliseconds since 1970. */
  now: () => number
  /** A new UUID. */
  draw: () => string
}

/** What the field tells its component. */
export type FieldNews = {
  /** Text, state or failure are others now. */
  changed: () => void
  /** Somebody else changed the text: a cursor is moved by it (moved() of delta.ts). */
  moved?: (delta: Delta) => void
}

export type FieldClient = {
  /** What stands in the box. */
  readonly text: string
  /** The newest version that the field knows of. */
  readonly version: number
  readonly state: FieldState
  readonly failure: Failure | undefined
  /** By the database's clock, ISO 8601; empty before the first save. */
  readonly savedAt: string
  type: (text: string) => void
  /** A place in the box as others know it: in the text of the version that is acknowledged. */
  outward: (place: number) => number
  /**
   * A place that somebody else named, in the box.
   * @returns undefined while the field does not have that version, or no longer knows what came after it
   */
  inward: (place: number, version: number) => number | undefined
  hear: (change: Pick<Heard, 'version' | 'delta'>) => void
  /**
   * Takes up what a browser that died left behind, merged with what stands now.
   * @param note writes down how far it came: what may be there already goes under its number when it is tried again
   */
  takeUp: (unsaved: Unsaved, note: (left: Unsaved) => void) => Promise<Sent['outcome']>
  flush: () => void
  retry: () => void
  close: () => void
}

const afterLastKey = 700 // not of a guide: milliseconds
const afterFirstKey = 2000 // not of a guide: milliseconds
const mostLately = 30
const patience = { first: 1000, most: 30_000 } // not of a guide: milliseconds

export function openField(
  given: { version: number; text: string; savedAt?: string },
  ports: Ports,
  news: FieldNews
): FieldClient {
  /** The server's text at the version that is known. */
  let acknowledged = { version: given.version, text: given.text }
  /** On its way, about the acknowledged text. */
  let sent: { save: string; delta: Delta } | undefined
  /** Typed since, about the text after `sent`. */
  let typed: Delta = []
  let text = given.text
  let state: FieldState = 'saved'
  let failure: Failure | undefined
  let savedAt = given.savedAt ?? ''
  /** What led from versions lately known to the next one, the newest last. */
  let lately: { version: number; delta: Delta }[] = []
  /** What was heard while a save was on its way: its answer may hold it already. */
  let heard: { version: number; delta: Delta }[] = []
  let delivering = false
  let catching = false
  /** The newest version that was heard of. */
  let newest = given.version
  let closed = false
  let failures = 0
  let firstKey: number | undefined
  let cancelSend = () => {}
  let cancelKeep = () => {}

  function type(now: string): void {
    const delta = between(text, now)
    if (delta.length === 0) return
    typed = compose(typed, delta)
    text = now
    firstKey ??= ports.now()
    keep()
    // While a save waits for the server to come back, typing changes nothing about that.
    if (!sent) {
      state = 'waiting'
      sendLater(ports.now())
    }
    news.changed()
  }

  function sendLater(now: number): void {
    cancelSend()
    const due = Math.min(now + afterLastKey, (firstKey ?? now) + afterFirstKey)
    cancelSend = ports.after(Math.max(0, due - now), () => void send())
  }

  async function send(): Promise<void> {
    cancelSend()
    if (closed || sent) return
    if (typed.length === 0) return nothingLeft()
    sent = { save: ports.draw(), delta: typed }
    typed = []
    firstKey = undefined
    keep()
    await deliver()
  }

  /** What was typed was taken away again, by the same hands or by others. */
  function nothingLeft(): void {
    firstKey = undefined
    failure = undefined
    if (state === 'saved') return
    state = 'saved'
    keep()
    news.changed()
  }

  /** Sends what is on its way: for the first time, or again. */
  async function deliver(): Promise<void> {
    if (!sent || delivering) return
    delivering = true
    // While it is tried again and again, the person sees why.
    if (failures === 0) {
      state = 'saving'
      news.changed()
    }
    const outcome = await ports.send({ base: acknowledged.version, ...sent })
    delivering = false
    if (closed) {
      if (outcome.outcome === 'saved' && typed.length === 0) ports.keep(undefined)
      return
    }
    if (outcome.outcome === 'saved') acknowledge(outcome.saved)
    else if (outcome.outcome === 'refused') giveBack(outcome.failure)
    else {
      failures++
      state = outcome.outcome === 'busy' ? 'failed' : 'offline'
      failure = outcome.outcome === 'busy' ? outcome.failure : undefined
      const wait = Math.min(patience.most, patience.first * 2 ** (failures - 1))
      const least = outcome.outcome === 'busy' ? outcome.seconds * 1000 : 0
      cancelSend = ports.after(Math.max(wait, least), () => void deliver())
    }
    news.changed()
  }

  function acknowledge(saved: Saved): void {
    const mine = apply(acknowledged.text, sent!.delta)
    remember(compose(sent!.delta, saved.delta ?? []))
    acknowledged = { version: saved.version, text: mine }
    sent = undefined
    failures = 0
    failure = undefined
    savedAt = saved.savedAt
    bringIn(saved.delta ?? [])
    const waiting = heard
    heard = []
    for (const change of waiting) hear(change)
    keep()
    if (typed.length === 0) state = 'saved'
    else {
      state = 'waiting'
      sendLater(ports.now())
    }
  }

  /** The server will not have it: it stays in the box and in the browser, and goes along with what is typed next. */
  function giveBack(why: Failure): void {
    typed = compose(sent!.delta, typed)
    sent = undefined
    failures = 0
    failure = why
    state = 'failed'
    const waiting = heard
    heard = []
    for (const change of waiting) hear(change)
    keep()
  }

  /** What others did to the acknowledged text, brought into it and under what was typed since. */
  function bringIn(theirs: Delta): void {
    if (theirs.length === 0) return
    const here = transform(theirs, typed, 'first')
    typed = transform(typed, theirs, 'second')
    acknowledged = { ...acknowledged, text: apply(acknowledged.text, theirs) }
    text = apply(text, here)
    news.moved?.(here)
  }

  function remember(delta: Delta): void {
    lately = [...lately.slice(1 - mostLately), { version: acknowledged.version, delta }]
  }

  function inward(place: number, version: number): number | undefined {
    if (version > acknowledged.version) return undefined
    const since = version === acknowledged.version ? [] : lately.filter((one) => one.version >= version)
    if (version < acknowledged.version && since[0]?.version !== version) return undefined
    const standing = since.reduce((at, { delta }) => moved(at, delta), place)
    return moved(sent ? moved(standing, sent.delta) : standing, typed)
  }

  function outward(place: number): number {
    const between = sent ? compose(sent.delta, typed) : typed
    return moved(place, invert(acknowledged.text, between))
  }

  function hear({ version, delta }: Pick<Heard, 'version' | 'delta'>): void {
    if (closed || version <= acknowledged.version) return
    newest = Math.max(newest, version)
    if (sent) {
      heard.push({ version, delta: delta ?? [] })
      return
    }
    if (version > acknowledged.version + 1 || !delta) return void catchUp()
    remember(delta)
    acknowledged = { ...acknowledged, version }
    bringIn(delta)
    keep()
    news.changed()
  }

  /** Something was missed. */
  async function catchUp(): Promise<void> {
    if (catching) return
    catching = true
    const base = acknowledged.version
    const found = await ports.since(base).finally(() => (catching = false))
    // A save meanwhile brought it along.
    if (closed || sent || !found || acknowledged.version !== base || found.version <= base) return
    remember(found.delta)
    acknowledged = { ...acknowledged, version: found.version }
    bringIn(found.delta)
    keep()
    news.changed()
    if (newest > found.version) await catchUp()
  }

  function keep(): void {
    cancelKeep()
    if (!sent && typed.length === 0) return ports.keep(undefined)
    ports.keep({ base: acknowledged.version, sent: sent ?? null, delta: typed, text, at: ports.now() })
    cancelKeep = ports.after(keptEvery, keep)
  }

  /** First what may be there already, under its number; then the rest, in one piece. */
  async function takeUp(unsaved: Unsaved, note: (left: Unsaved) => void): Promise<Sent['outcome']> {
    let left = unsaved
    while (left.sent || left.delta.length > 0) {
      const sending = left.sent ?? { save: ports.draw(), delta: left.delta }
      if (!left.sent) {
        left = { ...left, sent: sending, delta: [] }
        note(left)
      }
      const outcome = await ports.send({ base: left.base, ...sending })
      if (outcome.outcome !== 'saved') return outcome.outcome
      const { version, delta = [] } = outcome.saved
      left = { ...left, base: version, sent: null, delta: transform(left.delta, delta, 'second') }
    }
    await catchUp()
    return 'saved'
  }

  return {
    get text() {
      return text
    },
    get version() {
      return acknowledged.version
    },
    get state() {
      return state
    },
    get failure() {
      return failure
    },
    get savedAt() {
      return savedAt
    },
    type,
    outward,
    inward,
    hear,
    takeUp,
    flush: () => void send(),
    retry: () => {
      cancelSend()
      failures = 0
      if (sent) void deliver()
      else if (!sent) void send()
    },
    close: () => {
      void send()
      closed = true
      cancelSend()
      cancelKeep()
    }
  }
}
