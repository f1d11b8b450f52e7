import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { localMomentOf } from '#shared/time/index.ts'
import { Temporal } from 'temporal-polyfill'
import { assignOfficer } from '../../actions/assign-officer.ts'
import { endOfficer } from '../../actions/end-officer.ts'
import { endSubstitution } from '../../actions/end-substitution.ts'
import { inviteOfficer } from '../../actions/invite-officer.ts'
import { nameSubstitute } from '../../actions/name-substitute.ts'
import { withdrawInvitation } from '../../actions/withdraw-invitation.ts'
import { staffOf } from '../../reads.ts'
import { today } from '../../who-handles.server.ts'
import { type Event as FormEvent, dayOf } from '../form-event.ts'

type Event = FormEvent & { params: { body: string } }

/** Who works for a body, who stands in for whom, who is invited; and the forms of whoever may change that. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const staff = await staffOf(app, caller, event.params.body)
  if (isRefused(staff)) return refuseLoad(staff, event)
  // The last day is a day; the moment at which it is over lies on the next one.
  const lastDay = (until: string) =>
    localMomentOf(Temporal.Instant.from(until).subtract({ milliseconds: 1 })).day
  return {
    ...staff,
    officers: staff.officers.map((officer) => ({
      ...officer,
      until: officer.until && lastDay(officer.until)
    })),
    substitutions: staff.substitutions.map((one) => ({
      ...one,
      from: localMomentOf(Temporal.Instant.from(one.from)).day,
      until: lastDay(one.until),
      mine: one.officer === caller.person || one.substitute === caller.person
    })),
    invitations: staff.invitations.map(({ id, email, head, insteadOf, expires, invitedBy }) => ({
      id,
      email,
      head,
      substitute: insteadOf !== undefined,
      expires: localMomentOf(expires).day,
      mine: invitedBy === caller.person
    })),
    acting: caller.person === undefined ? undefined : caller.acting?.id,
    today: today(app).toString(),
    done: event.url.searchParams.get('done') ?? ''
  }
}

export const actions = {
  invite: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const text = (name: string) => form.get(name) ?? undefined
    const outcome = await inviteOfficer(app, caller, {
      body: event.params.body,
      email: text('email'),
      language: text('language'),
      head: text('head'),
      units: form.getAll('units')
    })
    return answer(event, form, outcome, 'invited')
  },
  withdraw: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const outcome = await withdrawInvitation(app, caller, String(form.get('invitation')))
    return answer(event, form, outcome, 'withdrawn')
  },
  assign: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const outcome = await assignOfficer(app, caller, {
      body: event.params.body,
      officer: String(form.get('officer')),
      head: form.get('head') ?? undefined,
      units: form.getAll('units')
    })
    return answer(event, form, outcome, 'assigned')
  },
  end: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const which = { body: event.params.body, officer: String(form.get('officer')) }
    return answer(event, form, await endOfficer(app, caller, which), 'ended')
  },
  substitute: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    const text = (name: string) => form.get(name) ?? undefined
    const outcome = await nameSubstitute(app, caller, {
      body: event.params.body,
      officer: text('officer'),
      colleague: text('colleague'),
      email: text('email'),
      from: dayOf(form, 'from'),
      until: dayOf(form, 'until'),
      reason: text('reason')
    })
    return answer(event, form, outcome, 'substitute')
  },
  back: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller } = event.locals
    return answer(event, form, await endSubstitution(app, caller, String(form.get('substitution'))), 'back')
  }
}

function answer(event: Event, form: FormData, outcome: object | Refused, done: string) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  redirect(303, `/${event.locals.language}/directory/${event.params.body}/officers?done=${done}`)
}
