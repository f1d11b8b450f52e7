import { whenNarrowed } from '#server/people'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import { type Rounds, startRounds } from '#shared/jobs/index.ts'
import type { Logger } from 'pino'
import { forwards } from './merge.ts'
import { presentIn } from './presence.server.ts'
import { type Change, listenToChanges } from './published.ts'
import type { Heard, LiveEvents, Present } from './wire.ts'

/** Somebody who listens to an application. */
export type Listener = {
  application: string
  tell: <Event extends keyof LiveEvents>(event: Event, data: LiveEvents[Event]) => void
  /** Participants, rights or the state changed: the listener looks whether they may still listen. */
  outlineChanged: (outline: number) => void
  /** A session or a role may have ended: the listener looks, too. */
  lookAgain: () => void
  end: () => void
}

/**
 * Tells everybody who has an application open what happens in it: what this process keeps at once, what other servers
 * keep by one query a tick for all that listen. Two servers on one database behave as one.
 */
export type Hub = {
  /** `ready`: whatever commits from now on will be told. */
  join: (listener: Listener) => { leave: () => void; ready: Promise<void> }
  /** Looks at once: somebody came, went or moved. */
  nudge: () => void
  /** Ends every stream. */
  stop: () => Promise<void>
}

type Room = {
  listeners: Set<Listener>
  outline: number | undefined
  /** The newest version told of each path. */
  told: Map<string, number>
  here: string
}

const tick = 700 // not of a guide: milliseconds
/** Whoever was signed out at another server, or there lost a role, hears no more after this. */
const callersEvery = 2000 // not of a guide: milliseconds

// The site's bundle holds a second copy of this module: the hub is kept on the database.
const place = Symbol.for('kopa.applications.hub')
type Holding = { [place]?: Hub }

/** The hub of a database in this process. */
export function hubOf({ database, log }: { database: Database; log: Logger }): Hub {
  return ((database as Holding)[place] ??= openHub(database, log))
}

/** The same, if anybody ever listened. */
export function openedHub(database: Database): Hub | undefined {
  return (database as Holding)[place]
}

/** Ends all streams of this process, for its own end. */
export async function endStreams({ database }: { database: Database }): Promise<void> {
  await openedHub(database)?.stop()
}

function openHub(database: Database, log: Logger): Hub {
  const rooms = new Map<string, Room>()
  let rounds: Rounds | undefined
  let stopListening = () => {}
  let callersAsked = 0
  let snapshot: string | undefined
  let looked = Promise.withResolvers<void>()
  let stopped = false

  function join(listener: Listener): ReturnType<Hub['join']> {
    let room = rooms.get(listener.application)
    if (!room)
      rooms.set(
        listener.application,
        (room = { listeners: new Set(), outline: undefined, told: new Map(), here: '' })
      )
    room.listeners.add(listener)
    // Who comes is told who is here, and so are the others.
    room.here = ''
    if (stopped) listener.end()
    else if (rounds) rounds.nudge()
    else begin()
    const leave = () => {
      room.listeners.delete(listener)
      if (room.listeners.size === 0 && rooms.get(listener.application) === room)
        rooms.delete(listener.application)
      if (rooms.size === 0) pause()
    }
    return { leave, ready: looked.promise }
  }

  function begin(): void {
    snapshot = undefined
    looked = Promise.withResolvers()
    const stopHearing = [listenToChanges(database, tellChange), whenNarrowed(askCallers)]
    stopListening = () => stopHearing.forEach((stop) => stop())
    rounds = startRounds({ name: 'live applications', every: tick, soon: tick / 2, log, work: look })
  }

  function pause(): void {
    stopListening()
    void rounds?.stop()
    rounds = undefined
  }

  async function look(stopping: AbortSignal): Promise<void> {
    const open = [...rooms.keys()]
    if (open.length === 0) return
    if (performance.now() - callersAsked >= callersEvery) askCallers()
    const [seen, present] = await Promise.all([
      runPrepared<Seen>(database, whatHappened, [open, snapshot ?? null]).then(([row]) => row!),
      presentIn(database, open)
    ])
    if (stopping.aborted) return
    snapshot = seen.snapshot
    looked.resolve()
    for (const change of seen.changes ?? []) tellChange(change)
    for (const application of seen.discussed ?? []) tell(application, 'comments', {})
    for (const [application, outline] of Object.entries(seen.outlines ?? {}))
      tellOutline(application, outline)
    for (const application of open) tellHere(application, present.get(application) ?? [])
  }

  /** Who listens is looked up anew, those of the same moment in one statement (callerOfSession). */
  function askCallers(): void {
    callersAsked = performance.now()
    for (const { listeners } of rooms.values()) for (const listener of listeners) listener.lookAgain()
  }

  function tellChange({ application, path, version, delta, value, by }: Change): void {
    const room = rooms.get(application)
    if (!room || version <= (room.told.get(path) ?? 0)) return
    room.told.set(path, version)
    const heard: Heard = delta ? { path, version, delta: forwards(delta), by } : { path, version, value, by }
    tell(application, 'saved', heard)
  }

  function tellOutline(application: string, outline: number): void {
    const room = rooms.get(application)
    if (!room || room.outline === outline) return
    const first = room.outline === undefined
    room.outline = outline
    if (!first) for (const listener of room.listeners) listener.outlineChanged(outline)
  }

  function tellHere(application: string, here: Present[]): void {
    const room = rooms.get(application)
    const spelled = JSON.stringify(here)
    if (!room || room.here === spelled) return
    room.here = spelled
    tell(application, 'here', here)
  }

  function tell<Event extends keyof LiveEvents>(
    application: string,
    event: Event,
    data: LiveEvents[Event]
  ): void {
    for (const listener of rooms.get(application)?.listeners ?? []) listener.tell(event, data)
  }

  return {
    join,
    nudge: () => rounds?.nudge(),
    stop: async () => {
      stopped = true
      for (const { listeners } of [...rooms.values()]) for (const listener of [...listeners]) listener.end()
      const ended = rounds?.stop()
      pause()
      await ended
    }
  }
}

type Seen = {
  snapshot: string
  changes: Change[] | null
  discussed: string[] | null
  outlines: Record<string, number> | null
}

/**
 * What has become visible since a snapshot: what its transactions did not see, and ours do. Numbers or times alone
 * would miss what committed late. Only new rows count: after a restore, transactions have begun to count anew.
 */
const whatHappened: Prepared = {
  name: 'applications.what-happened',
  text: `
    select pg_current_snapshot()::text as snapshot,
      (select json_agg(json_build_object('application', v.application, 'path', v.path, 'version', v.version,
          'delta', v.delta, 'value', v.value, 'by', v.saved_by) order by v.application, v.path, v.version)
        from applications.answer_version v
        where $2::pg_snapshot is not null and v.transaction >= pg_snapshot_xmin($2::pg_snapshot)
          and v.transaction < pg_snapshot_xmax(pg_current_snapshot())
          and not pg_visible_in_snapshot(v.transaction, $2::pg_snapshot)
          and v.application = any($1::uuid[])
          and v.saved_at > clock_timestamp() - interval '10 minutes') as changes,
      (select json_agg(distinct d.application) from applications.discussion d
        where $2::pg_snapshot is not null and d.transaction >= pg_snapshot_xmin($2::pg_snapshot)
          and d.transaction < pg_snapshot_xmax(pg_current_snapshot())
          and not pg_visible_in_snapshot(d.transaction, $2::pg_snapshot)
          and d.application = any($1::uuid[])) as discussed,
      (select json_object_agg(a.id, a.outline) from applications.application a
        where a.id = any($1::uuid[])) as outlines`
}
