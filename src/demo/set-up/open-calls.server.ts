import type { Temporal } from 'temporal-polyfill'
import {
  beginCall,
  beginCorrigendum,
  followCalls,
  publishCall,
  saveCall,
  saveYearPlan,
  sendForReview
} from '#server/calls'
import { type LocalMoment, databaseNow, localMomentOf, meaningOf } from '#shared/time/index.ts'
import { type CastKey, cast } from '../cast.ts'
import {
  type CallKey,
  type InventedCall,
  departure,
  extension,
  following,
  inventedCalls
} from '../invented-calls.ts'
import { yearPlan } from '../invented-year-plan.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { World } from './world.server.ts'

/** Codes of the calls, by their key. */
export type OpenedCalls = Record<CallKey, string>

/** Has the year planned, and the officers write and publish its calls; lets people follow some, and corrects one. */
export async function openCalls(world: World, entered: Entered): Promise<OpenedCalls> {
  const now = await databaseNow(world.database)
  const as = (key: CastKey) => callerFor(world.database, entered, key)
  const { edition, plan } = yearPlan
  done(await saveYearPlan(world, await as('helena'), edition, { revision: 0, plan }), 'the plan of the year')
  const codes: Partial<OpenedCalls> = {}
  for (const [key, call] of Object.entries(inventedCalls) as [CallKey, InventedCall][]) {
    codes[key] = await openCall(world, as, call, now)
  }
  const opened = codes as OpenedCalls
  for (const [person, key] of following) {
    done(await followCalls(world, await as(person), { call: opened[key] }), `${person} follows ${key}`)
  }
  await extendDeadline(world, as, opened, now)
  return opened
}

type As = (key: CastKey) => ReturnType<typeof callerFor>

async function openCall(world: World, as: As, call: InventedCall, now: Temporal.Instant): Promise<string> {
  const { author, second, body, edition, kind, reached } = call
  const what = call.title.en!
  const writer = await as(author)
  const { code } = done(await beginCall(world, writer, { body, edition, kind }), what)
  const change = termsOf(call, now)
  const { revision } = done(await saveCall(world, writer, code, { revision: 1, change }), what)
  if (reached === 'draft') return code
  done(await sendForReview(world, writer, code, revision), what)
  if (reached === 'published') done(await publishCall(world, await as(second), code, revision), what)
  return code
}

function termsOf(call: InventedCall, now: Temporal.Instant) {
  const { title, text, actions, opens, cents, priorities = [], rules = '' } = call
  const applicants = {
    lv: 'Skolas un skolu dibinātāji Latvijā, Igaunijā un Lietuvā.',
    en: 'Schools and school authorities in Latvia, Estonia and Lithuania.'
  }
  return {
    title,
    text,
    actions: [...actions],
    opens: { day: daysFrom(now, opens), hour: '09:00' },
    deadline: deadlineOf(call, now),
    departure,
    budget: { cents, splits: [] },
    priorities: [...priorities],
    contact: { name: `${cast[call.author].name} (demonstrācija)`, email: '', phone: '', page: '' },
    rules,
    ...(rules && { applicants })
  }
}

function deadlineOf({ closes }: InventedCall, now: Temporal.Instant): LocalMoment {
  if (closes !== 'soonAfterSetUp') return { day: daysFrom(now, closes.inDays), hour: closes.hour }
  // The next full minute that leaves time to publish the call. In the hour that comes twice, the one after it.
  let minute = now.add({ seconds: 80 })
  while (meaningOf(localMomentOf(minute)).comes !== 'once') minute = minute.add({ minutes: 1 })
  return localMomentOf(minute)
}

function daysFrom(now: Temporal.Instant, days: number): string {
  return localMomentOf(now.add({ hours: 24 * days })).day
}

async function extendDeadline(world: World, as: As, opened: OpenedCalls, now: Temporal.Instant) {
  const { call, byDays, reason } = extension
  const { author, second, closes } = inventedCalls[call]
  const writer = await as(author)
  const code = opened[call]
  done(await beginCorrigendum(world, writer, code, { reason }), reason.en)
  const deadline = { day: daysFrom(now, closes.inDays + byDays), hour: closes.hour }
  const saved = done(await saveCall(world, writer, code, { revision: 2, change: { deadline } }), reason.en)
  done(await sendForReview(world, writer, code, saved.revision), reason.en)
  done(await publishCall(world, await as(second), code, saved.revision), reason.en)
}
