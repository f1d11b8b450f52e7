import { redirect } from '@sveltejs/kit'
import { countryCodes, countryName } from '#modules/programmes'
import { callerOf, switchRole } from '#server/people'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { registerOrganisation } from '../../actions/register-organisation.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'

/** Who registers has to be signed in; the form offers countries and types of the programme. */
export function load(event: Event) {
  const { app, caller, language } = event.locals
  if (!isSignedIn(caller)) refuseLoad(refused('sign-in'), event)
  return {
    name: (event.url.searchParams.get('name') ?? '').slice(0, 300),
    countries: countryCodes
      .map((value) => ({ value, label: countryName(value, language) }))
      .sort((one, other) => one.label.localeCompare(other.label, language)),
    types: app.programmes.programme.types.map(({ id, names }) => ({ value: id, label: names[language] }))
  }
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const made = await registerOrganisation(app, caller, typedIn(form))
    if (isRefused(made)) return refuseForm(made, event, form)
    // They act for it at once: that is what they came for.
    const registrant = await callerOf(app.database, event.request.headers)
    await switchRole(app, registrant, made.role)
    redirect(303, organisationAddress(language, made.code, '/edit/place?registered'))
  }
}
