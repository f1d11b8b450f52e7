import { redirect } from '@sveltejs/kit'
import { findOrganisations, organisationByCode, organisationNames } from '#server/organisations'
import { listActions } from '#server/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { bookAdvice, permission } from '../../actions/book-advice.ts'
import type { Officer } from '../../officers.server.ts'
import { deskOf, listBodies } from '../../reads.ts'
import { today } from '../../who-handles.server.ts'
import { type Event, dayOf } from '../form-event.ts'

/** The form to book advice; before it, the organisation is looked up by its name. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, permission, { body: 'any' })
  if (no) return refuseLoad(no, event)
  const expert = caller.person !== undefined && caller.acting?.role === 'expert'
  const desk = expert ? undefined : await deskOf(app, caller, language)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const { searchParams } = event.url
  const sought = searchParams.get('q')?.trim().slice(0, 200) ?? ''
  const found = await organisationByCode(app, searchParams.get('organisation') ?? '')
  const [organisation] = found ? (await organisationNames(app.database, [found.id], language)).values() : []
  const request = desk?.waiting.find(
    ({ question, organisation: of }) => question?.request === searchParams.get('request') && of === found?.id
  )?.question
  return {
    sought,
    matches: !organisation && sought ? await findOrganisations(app, sought) : [],
    organisation,
    request,
    // An expert says for which body they advised; an officer's is known.
    bodies: expert ? await managingBodies(app) : [],
    units: desk?.units.map(({ id, names }) => ({ id, names })) ?? [],
    myUnit: desk?.me?.units.length === 1 ? desk.me.units[0]! : '',
    colleagues: eachOnce(desk?.officers ?? []),
    me: caller.person ?? '',
    today: today(app).toString(),
    editions: app.programmes.editions,
    actions: listActions(app).map(({ action, names }) => ({ action, names }))
  }
}

async function managingBodies(app: Event['locals']['app']) {
  const bodies = await listBodies(app)
  return bodies
    .filter(({ mandates }) => mandates.some(({ purpose }) => purpose === 'manages-actions'))
    .map(({ body }) => ({ id: body.id, names: body.names }))
}

/** Persons, each once: who also stands in for a colleague holds two roles. */
function eachOnce(officers: readonly Officer[]) {
  return [...new Map(officers.map(({ person, name }) => [person, name]))].map(([person, name]) => ({
    person,
    name
  }))
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const acting = caller.person === undefined ? undefined : caller.acting
    const body = acting?.role === 'officer' ? acting.body : String(form.get('body') ?? '')
    const text = (name: string) => form.get(name) ?? undefined
    const booked = await bookAdvice(app, caller, {
      body,
      organisation: text('organisation'),
      on: dayOf(form, 'on'),
      how: text('how'),
      action: text('action'),
      edition: text('edition'),
      unit: text('unit'),
      advisor: text('advisor'),
      request: text('request'),
      topic: text('topic'),
      answer: text('answer'),
      notes: text('notes')
    })
    if (isRefused(booked)) return refuseForm(booked, event, form)
    const back = acting?.role === 'officer' ? `desk/advice?booked=${booked.advice}` : 'advice-given'
    redirect(303, `/${language}/directory/${back}`)
  }
}
