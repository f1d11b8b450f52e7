import { error, redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { permission, saveUnit } from '../../actions/save-unit.ts'
import { unitFields } from '../../edited.ts'
import { refusalAsHead } from '../../head-of-body.server.ts'
import { changesOf, showBody } from '../../reads.ts'
import type { Event as EditEvent } from './edit-event.ts'
import { givenBy } from './edit-form.server.ts'

type Event = EditEvent & { params: { unit: string } }

/** The form to add (unit “new”) or change a unit. */
export async function load(event: Event) {
  const { app, caller } = event.locals
  const may = await refusalAsHead(app, caller, permission, event.params.body)
  if (isRefused(may)) return refuseLoad(may, event)
  const shown = await showBody(app, event.params.body)
  const unit = shown?.units.find(({ id }) => id === event.params.unit)
  if (!shown || (!unit && event.params.unit !== 'new')) error(404, { message: 'no such unit' })
  const { id, names, short } = shown.body
  const earlier = unit ? await changesOf(app, caller, { body: id, subject: 'unit', id: unit.id }) : []
  return {
    body: { id, names, short },
    unit: unit && { id: unit.id, names: unit.names, revision: unit.revision },
    fields: unit ? unitFields(unit) : {},
    earlier: isRefused(earlier) ? [] : earlier
  }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller, language } = event.locals
    const { body, unit } = event.params
    const given = givenBy(form)
    const saved = await saveUnit(app, caller, {
      ...given,
      body,
      unit: unit === 'new' ? '' : unit,
      revision: given.revision
    })
    if (isRefused(saved)) return refuseForm(saved, event, form)
    redirect(303, `/${language}/directory/${body}#unit-${saved.unit}`)
  }
}
