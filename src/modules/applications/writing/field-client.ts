/**
 * A text field in a browser: when what is typed goes to the server, what is done when it does not arrive, what a person
 * sees meanwhile. What happens to the text is field-layers.ts's. It knows no browser: what it does outside is handed to
 * it, so that tests run it as it is (field-ports.ts is the real one).
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
import type { Delta } from './delta.ts'
import {
  type Joined,
  afterArrival,
  afterOthers,
  afterReturn,
  afterSending,
  afterTyping,
  inward,
  layersOf,
  onto,
  outward
} from './field-layers.ts'
import type { Failure, Ports, Sent, Unsaved } from './outside.ts'
import { sendLeft } from './send-left.ts'
import type { Heard, Saved } from './wire.ts'

/**
 * What a person sees beside the field:
 * - saved: all of it is durable · waiting: typed, sent within a moment · saving: on its way
 * - offline: the server cannot be reached; kept in the browser, tried again · failed: refused; kept in the browser
 */
export type FieldState = 'saved' | 'waiting' | 'saving' | 'offline' | 'failed'

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
const patience = { first: 1000, most: 30_000 } // not of a guide: milliseconds

export function openField(
  given: { version: number; text: string; savedAt?: string },
  ports: Ports,
  news: FieldNews
): FieldClient {
  let layers = layersOf(given)
  let state: FieldState = 'saved'
  let failure: Failure | undefined
  let savedAt = given.savedAt ?? ''
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
    const after = afterTyping(layers, now)
    if (!after) return
    layers = after
    firstKey ??= ports.now()
    keep()
    // While a save waits for the server to come back, typing changes nothing about that.
    if (!layers.sent) {
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
    if (closed || layers.sent) return
    if (layers.typed.length === 0) return nothingLeft()
    layers = afterSending(layers, ports.draw())
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
    const { acknowledged, sent } = layers
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
      if (outcome.outcome === 'saved' && layers.typed.length === 0) ports.keep(undefined)
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

  function acknowledge({ version, delta, savedAt: at }: Saved): void {
    bringIn(afterArrival(layers, version, delta ?? []))
    failures = 0
    failure = undefined
    savedAt = at
    hearWaiting()
    keep()
    if (layers.typed.length === 0) state = 'saved'
    else {
      state = 'waiting'
      sendLater(ports.now())
    }
  }

  /** The server will not have it: it stays in the box and in the browser, and goes along with what is typed next. */
  function giveBack(why: Failure): void {
    layers = afterReturn(layers)
    failures = 0
    failure = why
    state = 'failed'
    hearWaiting()
    keep()
  }

  function bringIn(joined: Joined): void {
    layers = joined.layers
    if (joined.moved.length > 0) news.moved?.(joined.moved)
  }

  function hearWaiting(): void {
    const waiting = heard
    heard = []
    for (const change of waiting) hear(change)
  }

  function hear({ version, delta }: Pick<Heard, 'version' | 'delta'>): void {
    const known = layers.acknowledged.version
    if (closed || version <= known) return
    newest = Math.max(newest, version)
    if (layers.sent) {
      heard.push({ version, delta: delta ?? [] })
      return
    }
    if (version > known + 1 || !delta) return void catchUp()
    bringIn(afterOthers(layers, version, delta))
    keep()
    news.changed()
  }

  /** Something was missed. */
  async function catchUp(): Promise<void> {
    if (catching) return
    catching = true
    const base = layers.acknowledged.version
    const found = await ports.since(base).finally(() => (catching = false))
    // A save meanwhile brought it along.
    if (closed || layers.sent || !found || layers.acknowledged.version !== base || found.version <= base)
      return
    bringIn(afterOthers(layers, found.version, found.delta))
    keep()
    news.changed()
    if (newest > found.version) await catchUp()
  }

  function keep(): void {
    cancelKeep()
    const { acknowledged, sent = null, typed, text } = layers
    if (!sent && typed.length === 0) return ports.keep(undefined)
    const { version: base } = acknowledged
    ports.keep({ base, sent, delta: typed, onto: onto(layers), text, at: ports.now() })
    cancelKeep = ports.after(keptEvery, keep)
  }

  async function takeUp(unsaved: Unsaved, note: (left: Unsaved) => void): Promise<Sent['outcome']> {
    const outcome = await sendLeft(ports, unsaved, note)
    if (outcome === 'saved') await catchUp()
    return outcome
  }

  return {
    get text() {
      return layers.text
    },
    get version() {
      return layers.acknowledged.version
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
    outward: (place) => outward(layers, place),
    inward: (place, version) => inward(layers, place, version),
    hear,
    takeUp,
    flush: () => void send(),
    retry: () => {
      cancelSend()
      failures = 0
      if (layers.sent) void deliver()
      else void send()
    },
    close: () => {
      void send()
      closed = true
      cancelSend()
      cancelKeep()
    }
  }
}
