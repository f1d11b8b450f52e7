import { error, redirect } from '@sveltejs/kit'
import { countryCodes, countryName } from '#modules/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { permission, saveBody } from '../../actions/save-body.ts'
import { bodyKinds } from '../../body.ts'
import { bodyFields } from '../../edited.ts'
import { changesOf, listBodies, showBody } from '../../reads.ts'
import type { Event as FormEvent } from '../form-event.ts'
import type { Event } from './edit-event.ts'
import { givenBy } from './edit-form.server.ts'

/** The form to change a body. */
export async function load(event: Event) {
  const { app } = event.locals
  const shared = await choices(event)
  const shown = await showBody(app, event.params.body)
  if (!shown) error(404, { message: 'no such body' })
  const { body } = shown
  const earlier = await changesOf(app, event.locals.caller, { body: body.id, subject: 'body', id: body.id })
  return {
    ...shared,
    earlier: isRefused(earlier) ? [] : earlier,
    body: { id: body.id, names: body.names, revision: body.revision },
    fields: bodyFields(body)
  }
}

/** What can be chosen in the form, for whoever may. */
export async function choices(event: FormEvent) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, permission)
  if (no) return refuseLoad(no, event)
  return {
    kinds: [...bodyKinds],
    bodies: (await listBodies(app)).map(({ body }) => ({ id: body.id, names: body.names })),
    countries: countryCodes
      .map((code) => ({ code, name: countryName(code, language) }))
      .sort((a, b) => a.name.localeCompare(b.name, language))
  }
}

export const actions = {
  default: async (event: Event) => {
    const form = await event.request.formData()
    return save(event, form, event.params.body)
  }
}

/** Saves what a form says of a body, and leads to its page. */
export async function save(event: FormEvent, form: FormData, body: string) {
  const { app, caller, language } = event.locals
  const given = givenBy(form, ['kinds'])
  const saved = await saveBody(app, caller, { ...given, body, revision: given.revision })
  if (isRefused(saved)) return refuseForm(saved, event, form)
  redirect(303, `/${language}/directory/${saved.body}`)
}
