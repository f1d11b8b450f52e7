import type { App } from '../../../../app.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { callAtDesk } from '../../reads.ts'
import { inContext } from '../../shown-call.server.ts'
import { speechFor } from '../../speech.server.ts'
import { termsView } from '../terms-view.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** What a draft or a corrigendum would look like. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await callAtDesk(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const { call, what } = desk
  const shown = await inContext(app, call, what.terms)
  return {
    code: call.code,
    view: termsView(shown, call.edition, speechFor(app, language))
  }
}
