/** A call that is open: written by one officer, published by another. */
import { Temporal } from 'temporal-polyfill'
import { beginCall } from '../../src/modules/calls/actions/begin-call.ts'
import { publishCall } from '../../src/modules/calls/actions/publish-call.ts'
import { saveCall } from '../../src/modules/calls/actions/save-call.ts'
import { sendForReview } from '../../src/modules/calls/actions/send-for-review.ts'
import { noApplicationsYet } from '../../src/modules/calls/correct.ts'
import type { Programmes } from '../../src/modules/programmes/programmes.server.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { localMomentOf } from '#shared/time/index.ts'
import { personActing } from '../cast/cast.ts'

export type Installation = { database: Database; programmes: Programmes }

const body = 'lv-viaa'

/** @returns the code of the call */
export async function openCall({ database, programmes }: Installation): Promise<string> {
  const clock = () => Temporal.Now.instant()
  const desk = { database, programmes, clock, draftsUnder: noApplicationsYet }
  const officer = (name: string) => personActing(database, { name, role: { role: 'officer', body } })
  const [writes, publishes] = [await officer('Petra Balode'), await officer('Zane Kalna')]
  const { code } = ok(await beginCall(desk, writes, { body, edition: 2026, kind: 'proposals' }))
  ok(await saveCall(desk, writes, code, { revision: 1, change: terms(clock()) }))
  ok(await sendForReview(desk, writes, code, 2))
  ok(await publishCall(desk, publishes, code, 2))
  return code
}

/** What was asked for; a refusal ends the benchmark. */
export function ok<Outcome extends object>(outcome: Outcome | Refused): Outcome {
  if (isRefused(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome)}`)
  return outcome
}

function terms(now: Temporal.Instant) {
  const day = (days: number) => localMomentOf(now.add({ hours: 24 * days })).day
  return {
    title: { lv: 'Sadarbības partnerības skolām', en: 'Cooperation partnerships for schools' },
    text: { lv: 'Skolas strādā kopā.', en: 'Schools work together.' },
    actions: [{ action: 'cooperation-partnerships', fields: ['school' as const], round: 1 }],
    opens: { day: day(-1), hour: '09:00' },
    deadline: { day: day(20), hour: '12:00' },
    departure: 'Mērījums ar citiem datumiem.',
    budget: { cents: 250_000_00, splits: [] },
    contact: { name: 'VIAA', email: 'info@example.org', phone: '', page: '' }
  }
}
