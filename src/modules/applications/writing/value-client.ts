/**
 * Any field but a text as a browser holds it: a number, a choice, a table. Two who choose differently are shown it;
 * nobody is overwritten. As field-client.ts, it knows no browser.
 */
import type { JsonValue } from '#shared/audit/canonical-json.ts'
import { keptEvery } from './browser-window.ts'
import type { FieldState } from './field-client.ts'
import type { Failure, Sent } from './outside.ts'
import type { ChangedMeanwhile, Heard } from './wire.ts'

/** As of a text; changed: somebody else saved another value, and the person decides. */
export type ValueState = FieldState | 'changed'

export type UnsavedValue = {
  base: number
  value: JsonValue
  /** The question, and the value as its fields show it, a line each: for a person to look at. */
  shown?: { question: string; lines: readonly string[] }
  at: number
}

export type ValuePorts = {
  send: (save: {
    base: number
    save: string
    value: JsonValue
  }) => Promise<Sent | { outcome: 'changed'; current: ChangedMeanwhile }>
  keep: (unsaved: UnsavedValue | undefined) => void
  after: (milliseconds: number, work: () => void) => () => void
  now: () => number
  draw: () => string
}

export type ValueClient = {
  readonly value: JsonValue
  readonly version: number
  readonly state: ValueState
  readonly failure: Failure | undefined
  /** What somebody else saved: while the state is changed. */
  readonly theirs: ChangedMeanwhile | undefined
  readonly savedAt: string
  set: (value: JsonValue) => void
  hear: (change: Pick<Heard, 'version' | 'value'>) => void
  /** Of a value that somebody else changed: mine stands. */
  keepMine: () => void
  /** Theirs stands. */
  takeTheirs: () => void
  flush: () => void
  retry: () => void
  close: () => void
}

const afterLastChange = 700 // not of a guide: milliseconds
const patience = { first: 1000, most: 30_000 } // not of a guide: milliseconds

export function openValue(
  given: { version: number; value: JsonValue; savedAt?: string },
  ports: ValuePorts,
  news: { changed: () => void }
): ValueClient {
  let { version, value } = given
  let savedAt = given.savedAt ?? ''
  let state: ValueState = 'saved'
  let failure: Failure | undefined
  let theirs: ChangedMeanwhile | undefined
  let sent: { save: string; value: JsonValue } | undefined
  let open = false
  let delivering = false
  let closed = false
  let failures = 0
  let cancelSend = () => {}
  let cancelKeep = () => {}

  function set(now: JsonValue): void {
    if (JSON.stringify(now) === JSON.stringify(value)) return
    value = now
    open = true
    keep()
    if (state !== 'changed' && !sent) {
      state = 'waiting'
      sendSoon()
    }
    news.changed()
  }

  function sendSoon(): void {
    cancelSend()
    cancelSend = ports.after(afterLastChange, () => void send())
  }

  async function send(): Promise<void> {
    cancelSend()
    if (closed || sent || !open || state === 'changed') return
    sent = { save: ports.draw(), value }
    open = false
    await deliver()
  }

  async function deliver(): Promise<void> {
    if (!sent || delivering) return
    delivering = true
    if (failures === 0) {
      state = 'saving'
      news.changed()
    }
    const outcome = await ports.send({ base: version, ...sent })
    delivering = false
    if (outcome.outcome === 'saved') {
      version = Math.max(version, outcome.saved.version)
      savedAt = outcome.saved.savedAt
      settle('saved')
    } else if (outcome.outcome === 'changed') {
      theirs = outcome.current
      settle('changed')
    } else if (outcome.outcome === 'refused') {
      settle('failed')
      failure = outcome.failure
    } else {
      failures++
      state = outcome.outcome === 'busy' ? 'failed' : 'offline'
      failure = outcome.outcome === 'busy' ? outcome.failure : undefined
      const wait = Math.min(patience.most, patience.first * 2 ** (failures - 1))
      const least = outcome.outcome === 'busy' ? outcome.seconds * 1000 : 0
      cancelSend = ports.after(Math.max(wait, least), () => void deliver())
    }
    if (!closed) news.changed()
  }

  function settle(now: 'saved' | 'changed' | 'failed'): void {
    sent = undefined
    failures = 0
    failure = undefined
    if (now !== 'saved') open = true
    state = now === 'saved' && open ? 'waiting' : now
    if (state === 'waiting') sendSoon()
    keep()
  }

  function hear(change: Pick<Heard, 'version' | 'value'>): void {
    if (closed || change.version <= version) return
    // What is chosen here and not saved yet stays: the server will say that somebody else chose, too.
    if (open || sent) return
    version = change.version
    value = change.value ?? null
    news.changed()
  }

  function decide(mine: boolean): void {
    if (!theirs) return
    version = theirs.version
    savedAt = theirs.savedAt
    if (!mine) value = theirs.value
    theirs = undefined
    open = mine
    state = mine ? 'waiting' : 'saved'
    keep()
    if (mine) void send()
    news.changed()
  }

  function keep(): void {
    cancelKeep()
    if (!open && !sent) return ports.keep(undefined)
    ports.keep({ base: version, value, at: ports.now() })
    if (!closed) cancelKeep = ports.after(keptEvery, keep)
  }

  return {
    get value() {
      return value
    },
    get version() {
      return version
    },
    get state() {
      return state
    },
    get failure() {
      return failure
    },
    get theirs() {
      return theirs
    },
    get savedAt() {
      return savedAt
    },
    set,
    hear,
    keepMine: () => decide(true),
    takeTheirs: () => decide(false),
    flush: () => void send(),
    retry: () => {
      cancelSend()
      failures = 0
      if (sent) void deliver()
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
