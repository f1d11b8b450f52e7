import type { Logger } from 'pino'
import { callerOfEndpoint } from '#server/people'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import type { Outline } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { type Listener, hubOf } from './hub.server.ts'
import type { LiveEvents } from './wire.ts'

export type Holding = { database: Database; log: Logger }

const mostOfOnePerson = 20 // not of a guide: streams
const heartbeat = 25_000 // not of a guide: milliseconds
const mostWaiting = 1_000_000 // not of a guide: bytes

const streamsOf = new Map<string, number>()

/**
 * What happens in an application, as server-sent events, for as long as the caller is signed in and of the
 * consortium. A reader that is too slow is let go: it opens again and is told the newest versions.
 */
export async function openStream(
  app: Holding,
  caller: Caller,
  codeOrId: string,
  headers: Headers
): Promise<ReadableStream<Uint8Array> | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const outline = await findOutline(app.database, codeOrId)
  const access = outline && accessOf(outline, caller)
  if (!access) return refused('not-found')
  if (isRefused(access)) return access
  const { person } = caller
  const count = streamsOf.get(person) ?? 0
  if (count >= mostOfOnePerson) return refused('too-often', { retryAfterSeconds: 30 })
  streamsOf.set(person, count + 1)
  return streamFor(app, outline.id, headers, () => {
    const left = (streamsOf.get(person) ?? 1) - 1
    if (left > 0) streamsOf.set(person, left)
    else streamsOf.delete(person)
  })
}

function streamFor(
  app: Holding,
  application: string,
  headers: Headers,
  closed: () => void
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        let over = false
        const write = (text: string) => {
          if (over) return
          if ((controller.desiredSize ?? 0) <= 0) return end()
          controller.enqueue(encoder.encode(text))
        }
        const tell: Listener['tell'] = (event, data) =>
          write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
        const right = rightToListen(app, application, headers, (reason) => {
          tell('ended', { reason })
          end()
        })
        const listener: Listener = {
          application,
          tell,
          outlineChanged: (outline) => {
            tell('outline', { outline })
            right.outlineChanged()
          },
          lookAgain: right.lookAgain,
          end: () => end()
        }
        const { leave, ready } = hubOf(app).join(listener)
        const beat = setInterval(() => write(': here\n\n'), heartbeat)
        end = () => {
          if (over) return
          over = true
          clearInterval(beat)
          leave()
          closed()
          try {
            controller.close()
          } catch {
            // The reader has gone already.
          }
        }
        // A browser opens it again after two seconds, when it breaks.
        write('retry: 2000\n\n')
        void ready.then(async () => tell('versions', await versionsOf(app.database, application))).catch(end)
      },
      cancel: () => end()
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting })
  )
}

/**
 * Whether somebody may still listen: signed in, and of the consortium. The application is read again only when it
 * changed. A database that is away is no reason to end.
 * @param ended hears why they may not
 */
function rightToListen(
  { database, log }: Holding,
  application: string,
  headers: Headers,
  ended: (reason: string) => void
): { outlineChanged: () => void; lookAgain: () => void } {
  let outline: Outline | undefined
  let outlineStale = true
  let looking = false
  let asked = false

  async function look(): Promise<void> {
    if (outlineStale) {
      // A change while it is read makes it stale again.
      outlineStale = false
      outline = await findOutline(database, application)
    }
    const caller = await callerOfEndpoint(database, headers)
    if (!caller || !isSignedIn(caller)) return ended('sign-in')
    const access = outline ? accessOf(outline, caller) : refused('not-found')
    if (isRefused(access)) ended(access.refused)
  }

  /** One look after the other; whoever asks during one is answered by the next. */
  async function lookInTurn(): Promise<void> {
    asked = true
    if (looking) return
    looking = true
    while (asked) {
      asked = false
      try {
        await look()
      } catch (error) {
        outlineStale = true
        log.warn({ err: error }, 'whether somebody may still listen could not be asked')
      }
    }
    looking = false
  }

  return {
    lookAgain: () => void lookInTurn(),
    outlineChanged: () => {
      outlineStale = true
      void lookInTurn()
    }
  }
}

async function versionsOf(database: Database, application: string): Promise<LiveEvents['versions']> {
  const [row] = await runPrepared<{ versions: LiveEvents['versions'] | null }>(database, newestVersions, [
    application
  ])
  return row?.versions ?? {}
}

const newestVersions: Prepared = {
  name: 'applications.newest-versions',
  text: `select json_object_agg(path, version) as versions from applications.answer where application = $1`
}
