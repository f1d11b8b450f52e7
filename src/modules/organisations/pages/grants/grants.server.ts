import { titled, titleOf } from '#modules/programmes'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { grantProgrammes, noteEarlierGrant } from '../../actions/note-earlier-grant.ts'
import { strikeEarlierGrant } from '../../actions/strike-earlier-grant.ts'
import { showExperience } from '../../reads.server.ts'
import { aboutOrganisation, doneOf, settle } from '../inside.server.ts'
import type { Event } from '../organisation-page.ts'

type GrantsEvent = Event<{ code: string }>

/** Earlier grants of an organisation, and how experienced it is by them. */
export async function load(event: GrantsEvent) {
  const { app, caller, language } = event.locals
  const organisation = await aboutOrganisation(event)
  const shown = await showExperience(app, caller, organisation.id)
  if (isRefused(shown)) refuseLoad(shown, event)
  const { programme } = app.programmes
  const nameOf = (action: string) => programme.actions.get(action)?.action.names[language] ?? action
  const status = programme.lifecycle.find(({ id }) => id === 'organisation-status')
  const acting = isSignedIn(caller) ? caller.acting?.role : undefined
  return {
    organisation,
    done: doneOf(event.url, ['noted', 'struck']),
    mayStrike: acting === 'officer' || acting === 'administrator',
    counting: {
      says: status?.says[language] ?? '',
      sources: (status?.sources ?? []).map(({ document, at }) => {
        const source = programme.sources.get(document)
        return { title: titleOf(titled(source?.title ?? document), language), at, url: source?.url }
      })
    },
    grants: shown.grants.map((grant) => ({ ...grant, name: nameOf(grant.action) })),
    experience: shown.actions.map(({ action, newcomer, lessExperienced, firstTimeApplicant }) => ({
      ...{ action, newcomer, lessExperienced, firstTimeApplicant },
      name: nameOf(action)
    })),
    programmes: grantProgrammes,
    actions: [...programme.actions.values()]
      .map(({ action }) => ({ value: action.action, label: action.names[language] }))
      .sort((one, other) => one.label.localeCompare(other.label, language))
  }
}

export const actions = {
  note: async (event: GrantsEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await noteEarlierGrant(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'grants', done: 'noted' })
  },

  strike: async (event: GrantsEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await strikeEarlierGrant(app, caller, id, String(form.get('grant')))
    return settle(event, form, outcome, { code, page: 'grants', done: 'struck' })
  }
}
