import type { App } from '../../../app.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Draft } from '../draft.server.ts'
import { draftAtWork } from '../reads.ts'

/** What the pages of an application need of SvelteKit's event. */
export type DraftEvent<Params = { application: string }> = {
  locals: { app: App; language: Language; caller: Caller }
  params: Params
  url: URL
}

/** The draft that an address names, for those who work on it; anybody else is told why not. */
export async function draftHere(event: DraftEvent): Promise<Draft> {
  const { app, caller } = event.locals
  const draft = await draftAtWork(app, caller, event.params.application)
  return isRefused(draft) ? refuseLoad(draft, event) : draft
}
