import { refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { seeDocuments } from '../../actions/see-documents.ts'
import { seeableFacts } from '../../reads.server.ts'
import { aboutOrganisation, doneOf, settle } from '../inside.server.ts'
import type { Event } from '../organisation-page.ts'
import { factWords } from '../show/fact-words.server.ts'

type EvidenceEvent = Event<{ code: string }>

/** What only the organisation says, for an officer who has seen a document. */
export async function load(event: EvidenceEvent) {
  const { app, caller, language } = event.locals
  const organisation = await aboutOrganisation(event)
  const facts = await seeableFacts(app, caller, organisation.id)
  if (isRefused(facts)) refuseLoad(facts, event)
  const say = factWords(app.programmes, language)
  return {
    organisation,
    done: doneOf(event.url, ['seen']),
    facts: facts.map(({ id, kind, value }) => ({ id, kind, said: say(kind, value) }))
  }
}

export const actions = {
  default: async (event: EvidenceEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await seeDocuments(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'evidence', done: 'seen' })
  }
}
