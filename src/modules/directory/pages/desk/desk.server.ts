import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { listActions } from '#server/programmes'
import { handOverWaiting } from '../../actions/hand-over-waiting.ts'
import { takeWaiting } from '../../actions/take-waiting.ts'
import { adviceLog, deskOf, listBodies } from '../../reads.ts'
import type { Event } from '../form-event.ts'

// Enough to see what was done last; the log has the rest.
const fewest = 5

/** What waits at the body of the officer who asks, whoever else is there, and what was advised last. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await deskOf(app, caller, language)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const log = await adviceLog(app, caller, { body: desk.body.id, language })
  const mine = new Set(desk.me?.units)
  // What waits for one's own units comes first; then what waits for nobody in particular; the oldest before the newer.
  const rank = (unit: string | null) => (unit !== null && mine.has(unit) ? 0 : unit === null ? 1 : 2)
  return {
    desk: {
      ...desk,
      waiting: desk.waiting.toSorted((a, b) => rank(a.unit) - rank(b.unit) || (a.since < b.since ? -1 : 1))
    },
    me: caller.person,
    advice: isRefused(log) ? [] : log.filter(({ struck }) => !struck).slice(0, fewest),
    bodies: (await listBodies(app))
      .map(({ body }) => ({ id: body.id, names: body.names }))
      .filter(({ id }) => id !== desk.body.id),
    actionNames: Object.fromEntries(listActions(app).map(({ action, names }) => [action, names]))
  }
}

export const actions = {
  take: async (event: Event) => {
    const form = await event.request.formData()
    const taken = form.get('taken') === 'by-nobody' ? 'by-nobody' : 'by-me'
    const { app, caller } = event.locals
    return back(event, form, await takeWaiting(app, caller, { waiting: String(form.get('waiting')), taken }))
  },
  handOver: async (event: Event) => {
    const form = await event.request.formData()
    const [kind, id = ''] = String(form.get('to')).split(':')
    const { app, caller } = event.locals
    const to = kind === 'body' ? { body: id } : { unit: id }
    return back(event, form, await handOverWaiting(app, caller, { waiting: String(form.get('waiting')), to }))
  }
}

function back(event: Event, form: FormData, outcome: object | Refused) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  redirect(303, `/${event.locals.language}/directory/desk`)
}
