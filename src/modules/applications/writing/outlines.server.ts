import { callTaking } from '#server/calls'
import type { Temporal } from 'temporal-polyfill'
import { type Database, together } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { findOutlines } from '../outline.server.ts'

/**
 * Outlines and calls as they were lately. What is remembered is never trusted: the statement that keeps a save names
 * the outline it rests on, and one that changed meanwhile makes it start again.
 */
type Remembered = {
  outlines: Map<string, Outline>
  calls: Map<string, { until: number; takesDrafts: Promise<boolean> }>
}

const most = 40_000 // not of a guide: outlines in memory
const callsLast = 2000 // not of a guide: milliseconds

const remembered = new WeakMap<Database, Remembered>()

function at(database: Database): Remembered {
  let here = remembered.get(database)
  if (!here) remembered.set(database, (here = { outlines: new Map(), calls: new Map() }))
  return here
}

/** How it is asked: as it was lately, or as it is in the database now. */
export type Asking = 'lately' | 'anew'

/** An application without its content, perhaps as it was some time ago; undefined when there is none. */
export async function rememberedOutline(
  database: Database,
  codeOrId: string,
  asking: Asking = 'lately'
): Promise<Outline | undefined> {
  const { outlines } = at(database)
  const known = outlines.get(codeOrId)
  if (known && asking === 'lately') return known
  const outline = await readOutline(database, codeOrId)
  // Somebody who asked earlier may be answered later.
  const newer = outlines.get(codeOrId)
  if (!outline) return undefined
  if (newer && newer.outline > outline.outline) return newer
  if (outlines.size >= most) for (const oldest of outlines.keys()) if (outlines.delete(oldest)) break
  outlines.set(codeOrId, outline)
  return outline
}

/** For the many who begin to write in the same moment. */
const readOutline = together<string, Outline | undefined>({ lanes: 2, most: 200, work: findOutlines })

/** Also after its deadline: nobody loses words at one second past twelve, only submitting is over. */
const writable = ['published', 'open', 'closed']

/** Whether drafts may be written under a call, remembered for two seconds. */
export function takesDrafts(
  app: { database: Database; clock: () => Temporal.Instant },
  call: string,
  asking: Asking = 'lately'
): Promise<boolean> {
  const { calls } = at(app.database)
  const now = app.clock().epochMilliseconds
  const known = asking === 'lately' ? calls.get(call) : undefined
  if (known && known.until > now && known.until <= now + callsLast) return known.takesDrafts
  const asked = callTaking(app, call).then((found) => found !== undefined && writable.includes(found.state))
  asked.catch(() => calls.delete(call))
  calls.set(call, { until: now + callsLast, takesDrafts: asked })
  return asked
}
