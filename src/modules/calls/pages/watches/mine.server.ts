import { redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { stopWatch } from '../../actions/stop-watch.ts'
import { allBodies } from '../../bodies.server.ts'
import { inLanguageOf } from '../../call.ts'
import { filterFrom } from '../../filter.ts'
import { myWatches } from '../../reads.ts'
import { sayFilter, speechFor } from '../../speech.server.ts'
import { textOf } from '../edit/form-values.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** Everything that one follows with one's account. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const watches = await myWatches(app, caller)
  if (isRefused(watches)) return refuseLoad(watches, event)
  const bodies = await allBodies(app)
  const speech = speechFor(app, language)
  return {
    watches: watches.map(({ key, code, title, filter = '' }) => ({
      key,
      what: title && inLanguageOf(title, language),
      page: code ? `/${language}/calls/${code}` : `/${language}/calls?${filter}`,
      search: code ? '' : sayFilter(filterFrom(new URLSearchParams(filter)), speech, bodies)
    }))
  }
}

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const typed = typedIn(await event.request.formData())
    const watches = await myWatches(app, caller)
    if (isRefused(watches)) return refuseForm(watches, event, typed)
    const mine = watches.find(({ key }) => key === textOf(typed, 'key'))
    if (mine) await stopWatch(app, mine.key)
    redirect(303, `/${language}/calls/watches`)
  }
}
