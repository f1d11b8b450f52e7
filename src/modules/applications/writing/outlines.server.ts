import { callTaking } from '#server/calls'
import { idsToday } from '#server/organisations'
import type { Temporal } from 'temporal-polyfill'
import { type Database, type Prepared, runPrepared, together } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'

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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** As findOutline of outline.server.ts, for the many who begin to write in the same moment. */
const readOutline = together<string, Outline | undefined>({
  lanes: 2,
  most: 200,
  work: async (database, asked) => {
    const rows = await runPrepared<{ place: number; outline: Outline }>(database, outlinesAsked, [
      asked.map((one) => (uuid.test(one) ? one : null)),
      asked.map((one) => (uuid.test(one) ? null : one))
    ])
    const today = await idsToday(
      database,
      rows.flatMap(({ outline }) => outline.participants.flatMap(({ organisation }) => organisation ?? []))
    )
    const byPlace = new Map(rows.map(({ place, outline }) => [place, asToday(outline, today)]))
    return asked.map((_, at) => byPlace.get(at + 1))
  }
})

/** An organisation that was merged into another meanwhile is that other (decision 105). */
function asToday(outline: Outline, today: ReadonlyMap<string, string>): Outline {
  const participants = outline.participants.map((one) => ({
    ...one,
    organisation: one.organisation && (today.get(one.organisation) ?? one.organisation)
  }))
  return { ...outline, participants }
}

const outlinesAsked: Prepared = {
  name: 'applications.outlines-asked',
  text: `
    select asked.place::integer, json_build_object('id', a.id, 'code', a.code, 'call', a.call,
      'edition', a.edition, 'action', a.action, 'field', a.field, 'language', a.language, 'title', a.title,
      'terms', a.terms, 'formVersion', a.form_version, 'state', a.state, 'outline', a.outline,
      'participants', coalesce((
        select json_agg(json_build_object('id', p.id, 'position', p.position, 'role', p.role,
          'organisation', p.organisation, 'name', p.name, 'country', p.country, 'state', p.state,
          'edits', p.edits) order by p.position)
        from applications.participant p where p.application = a.id and p.ended_at is null), '[]'::json)) as outline
    from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, code, place)
    cross join lateral (
      (select * from applications.application where id = asked.id)
      union all
      (select * from applications.application where code = asked.code)
      limit 1) a`
}

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
