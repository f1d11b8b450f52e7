/** Browsers with one field and a network that does what a test says, for field-client.ts. */
import { type Delta, compose } from './delta.ts'
import { type FieldClient, openField } from './field-client.ts'
import type { Ports, Sent, Unsaved } from './outside.ts'
import { type KeptDelta, forwards, keptDelta, mergeDelta, unseenOf } from './merge.ts'

type Sending = { base: number; save: string; delta: Delta }
type Since = { version: number; delta: Delta }

/** What a browser asks of a server. */
export type Served = {
  save: (save: Sending) => Sent | Promise<Sent>
  since: (version: number) => Since | Promise<Since>
}

/** A server of one field: what save.server.ts does, without a database. */
export function aServer(text = '') {
  const versions: { delta: Delta; kept: KeptDelta; save: string }[] = []
  let standing = text
  const since = (version: number) => versions.slice(version).map(({ delta }) => delta)
  return {
    get text() {
      return standing
    },
    get version() {
      return versions.length
    },
    since: (version: number) => ({
      version: versions.length,
      delta: since(version).reduce<Delta>(compose, [])
    }),
    save({ base, save, delta }: Sending): Sent {
      const place = versions.findIndex((one) => one.save === save)
      if (place >= 0) {
        const kept = versions.slice(base).map((one) => one.kept)
        return saved(unseenOf(standing, { kept, at: place - base }, delta), true)
      }
      const merged = mergeDelta(
        standing,
        versions.slice(base).map((one) => one.kept),
        delta
      )!
      const kept = keptDelta(standing, merged.delta)
      standing = merged.text
      versions.push({ delta: forwards(kept), kept, save })
      return saved(merged.unseen, versions.length - 1 > base)
    },
    change: (at: number) => ({ version: at, delta: versions[at - 1]!.delta })
  }
  function saved(unseen: Delta, merged: boolean): Sent {
    const answer = {
      version: versions.length,
      length: standing.length,
      savedAt: '2026-11-25T12:00:00Z',
      merged
    }
    return { outcome: 'saved', saved: unseen.length > 0 ? { ...answer, delta: unseen } : answer }
  }
}

/**
 * What the network does with a save: brings it there and back; nothing; loses the answer; brings it twice; brings it
 * only when the browser has long given up (`deliver`); or it is answered so.
 */
export type Network = 'up' | 'down' | 'answers-lost' | 'twice' | 'late' | Sent

/** A browser with one field: its clock goes when the test says so, its network does what the test says. */
export function aBrowser(server: Served, name: string, start: { version: number; text: string }) {
  let now = 0
  let drawn = 0
  let timers: { at: number; work: () => void }[] = []
  let kept: Unsaved | undefined
  let underWay = 0
  const onTheirWay: Sending[] = []
  const browser = {
    line: 'up' as Network,
    states: [] as string[],
    get kept() {
      return kept
    },
    field: undefined as unknown as FieldClient,
    /** Lets time pass, and everything that is on its way arrive. */
    async pass(milliseconds: number) {
      const until = now + milliseconds
      for (;;) {
        await settle()
        const next = timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0]
        if (!next) break
        timers = timers.filter((timer) => timer !== next)
        now = next.at
        next.work()
      }
      now = until
      await settle()
    },
    /** What the network held back arrives at the server, unasked. */
    async deliver() {
      for (const save of onTheirWay.splice(0)) await server.save(save)
    },
    /** It is gone from one moment to the next; what it kept is still there. */
    die() {
      timers = []
      browser.line = 'down'
      return kept
    }
  }

  async function settle(): Promise<void> {
    do for (let turn = 0; turn < 8; turn++) await null
    while (underWay > 0 && (await new Promise((soon) => setImmediate(() => soon(true)))))
  }

  async function overTheLine(save: Sending): Promise<Sent> {
    const { line } = browser
    if (typeof line === 'object') return line
    if (line === 'down') return { outcome: 'unreachable' }
    if (line === 'late') {
      onTheirWay.push(save)
      return { outcome: 'unreachable' }
    }
    const answer = await server.save(save)
    if (line === 'twice') return server.save(save)
    return line === 'answers-lost' ? { outcome: 'unreachable' } : answer
  }

  async function asking<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    underWay++
    try {
      for (let turn = 0; turn < 8; turn++) await null
      return await work()
    } finally {
      underWay--
    }
  }

  const ports: Ports = {
    send: (save) => asking(() => overTheLine(save)),
    since: (version) =>
      asking(async () =>
        browser.line === 'up' || browser.line === 'twice' ? server.since(version) : undefined
      ),
    keep: (unsaved) => (kept = unsaved),
    after: (milliseconds, work) => {
      const timer = { at: now + milliseconds, work }
      timers.push(timer)
      return () => (timers = timers.filter((one) => one !== timer))
    },
    now: () => now,
    draw: () => `${name}-${drawn++}`
  }
  const changed = () => {
    if (browser.states.at(-1) !== browser.field.state) browser.states.push(browser.field.state)
  }
  browser.field = openField(start, ports, { changed })
  return browser
}
