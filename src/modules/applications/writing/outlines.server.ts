import { callTaking } from '#server/calls'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { findOutline } from '../outline.server.ts'

/**
 * Outlines and calls as they were lately. What is remembered is never trusted: the statement that keeps a save names
 * the outline it rests on, and one that changed meanwhile makes it start again.
 */
type Remembered = {
  outlines: Map<string, Outline>
  calls: Map<string, { until: number; takesDrafts: Promise<boolean> }>
}

const most = 20_000 // not of a guide: outlines in memory
const callsLast = 2000 // not of a guide: milliseconds

const remembered = new WeakMap<Database, Remembered>()

function at(database: Database): Remembered {
  let here = remembered.get(database)
  if (!here) remembered.set(database, (here = { outlines: new Map(), calls: new Map() }))
  return here
}

/** An application without its content, perhaps as it was some time ago; undefined when there is none. */
export async function rememberedOutline(database: Database, codeOrId: string): Promise<Outline | undefined> {
  const { outlines } = at(database)
  const known = outlines.get(codeOrId)
  if (known) return known
  const outline = await findOutline(database, codeOrId)
  if (outline) {
    if (outlines.size >= most) for (const oldest of outlines.keys()) if (outlines.delete(oldest)) break
    outlines.set(codeOrId, outline)
  }
  return outline
}

/** Says that what is remembered of an application is stale. */
export function forgetOutline(database: Database, { id, code }: Outline): void {
  const { outlines } = at(database)
  outlines.delete(id)
  outlines.delete(code)
}

/** Whether drafts may be written under a call, asked anew every two seconds. */
export function takesDrafts(
  app: { database: Database; clock: () => Temporal.Instant },
  call: string
): Promise<boolean> {
  const { calls } = at(app.database)
  const now = app.clock().epochMilliseconds
  const known = calls.get(call)
  if (known && known.until > now && known.until <= now + callsLast) return known.takesDrafts
  const asked = callTaking(app, call).then((found) => found?.state === 'published' || found?.state === 'open')
  asked.catch(() => calls.delete(call))
  calls.set(call, { until: now + callsLast, takesDrafts: asked })
  return asked
}
