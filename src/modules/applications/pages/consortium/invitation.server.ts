import { redirect } from '@sveltejs/kit'
import { countryCodes, countryName } from '#modules/programmes'
import { findOrganisations, organisationByCode, organisationNames } from '#server/organisations'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { inviteParticipant } from '../../actions/invite-participant.ts'
import { peopleOf } from '../../consortium/people-of.server.ts'
import { consortiumAtWork } from '../../consortium/reads.ts'
import { type Event, consortiumAddress } from './consortium-page.ts'

const mostFound = 8

/** Inviting a partner: it is looked for in the register first, by the question in the address. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const view = await consortiumAtWork(app, caller, event.params.application, language)
  if (isRefused(view)) return refuseLoad(view, event)
  if (!view.coordinates || !view.open) return refuseLoad(refused('not-allowed'), event)
  const asked = (event.url.searchParams.get('q') ?? '').slice(0, 200)
  const replaces = event.url.searchParams.get('replaces')
  const found = asked.trim() === '' ? [] : await findOrganisations(app, asked, mostFound)
  const there = new Set(view.participants.flatMap(({ code }) => code ?? []))
  return {
    code: view.outline.code,
    title: view.outline.title,
    asked,
    found: found.map(({ code, name, also, country, city }) => ({
      ...{ code, name, also },
      place: [city, countryName(country, language)].filter(Boolean).join(', '),
      there: there.has(code)
    })),
    chosen: await chosen(event),
    byName: event.url.searchParams.has('name'),
    replaced: view.participants
      .filter(({ id, role }) => id === replaces && role !== 'coordinator')
      .map(({ id, name }) => ({ id, name }))[0],
    countries: countryCodes
      .map((code) => ({ value: code, label: countryName(code, language) }))
      .sort((one, other) => one.label.localeCompare(other.label, language))
  }
}

/** The organisation of the register that was chosen, and whether its people can answer here. */
async function chosen({ locals: { app, language }, url }: Event) {
  const written = url.searchParams.get('organisation')
  const found = written === null ? undefined : await organisationByCode(app, written)
  const known = found && (await organisationNames(app.database, [found.id], language)).get(found.id)
  if (!found || !known) return undefined
  const people = await peopleOf(app.database, found.id)
  return {
    code: known.code,
    name: known.name,
    country: countryName(known.country, language),
    answers: people.length > 0
  }
}

export const actions = {
  default: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await inviteParticipant(app, caller, event.params.application, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    const done = outcome.by === 'mail' ? 'invited' : 'asked'
    redirect(303, consortiumAddress(language, event.params.application, `?done=${done}`))
  }
}
