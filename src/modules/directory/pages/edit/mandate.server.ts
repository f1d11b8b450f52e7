import { error, redirect } from '@sveltejs/kit'
import { fields } from '#modules/programmes'
import { listActions } from '#server/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { permission, saveMandate } from '../../actions/save-mandate.ts'
import { strikeMandate } from '../../actions/strike-mandate.ts'
import { mandateFields } from '../../edited.ts'
import { purposes } from '../../mandate.ts'
import { changesOf, showBody } from '../../reads.ts'
import type { Event as EditEvent } from './edit-event.ts'
import { givenBy } from './edit-form.server.ts'

type Event = EditEvent & { params: { mandate: string } }

/** The form to give a body a mandate (“new”), or to change one. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const no = refusalFor(caller, permission)
  if (no) return refuseLoad(no, event)
  const shown = await showBody(app, event.params.body)
  const mandate = shown?.mandates.find(({ id }) => id === event.params.mandate)
  if (!shown || (!mandate && event.params.mandate !== 'new')) error(404, { message: 'no such mandate' })
  const { id, names, short, country } = shown.body
  const earlier = mandate
    ? await changesOf(app, caller, { body: id, subject: 'mandate', id: mandate.id })
    : []
  return {
    body: { id, names, short },
    mandate: mandate && { id: mandate.id, revision: mandate.revision },
    fields: mandate ? mandateFields(mandate) : { countries: country ?? '' },
    earlier: isRefused(earlier) ? [] : earlier,
    purposes: [...purposes],
    allFields: [...fields],
    units: shown.units.map(({ id, names }) => ({ id, names })),
    actions: listActions(app).map(({ action, names }) => ({ action, names }))
  }
}

export const actions = {
  save: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller, language } = event.locals
    const { body, mandate } = event.params
    const given = givenBy(form, ['fields', 'actions'])
    const saved = await saveMandate(app, caller, {
      ...given,
      body,
      mandate: mandate === 'new' ? '' : mandate,
      revision: given.revision
    })
    if (isRefused(saved)) return refuseForm(saved, event, form)
    redirect(303, `/${language}/directory/${body}#mandates`)
  },
  strike: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller, language } = event.locals
    const { body, mandate } = event.params
    const struck = await strikeMandate(app, caller, { body, mandate })
    if (isRefused(struck)) return refuseForm(struck, event, form)
    redirect(303, `/${language}/directory/${body}#mandates`)
  }
}
