import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type TextKey, texts } from '#shared/texts/index.ts'
import { exportPerson } from '../actions/export-person.ts'
import { setConsents } from '../actions/set-consents.ts'
import { zipOf } from '../everything.server.ts'
import { myConsents } from '../reads.ts'
import type { Event } from './answers.server.ts'
import { dayOf } from './moments.ts'

/** One's own data: all of it as a file, what one agreed to, and the way to be erased. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const mine = await myConsents(app, caller)
  if (isRefused(mine)) return refuseLoad(mine, event)
  const say = texts(language) as (key: TextKey) => string
  return {
    offered: mine.offered.map(({ id, says, agreed }) => ({ id, says: say(says), agreed })),
    log: mine.log.map(({ said, version, given, withdrawn }) => ({
      said,
      version,
      given: dayOf(given, language),
      withdrawn: withdrawn && dayOf(withdrawn, language)
    }))
  }
}

export const actions = {
  consents: async (event: Event) => {
    const { app, caller, language } = event.locals
    const agreed = (await event.request.formData()).getAll('consent').map(String)
    const outcome = await setConsents(app, caller, agreed, language)
    if (isRefused(outcome)) return refuseLoad(outcome, event)
    redirect(303, `/${language}/people/account?done=consents`)
  }
}

/** Everything about oneself, as a file; posted to by a button, since it is written down that it was asked for. */
export async function download(event: Event): Promise<Response> {
  const { app, caller, language } = event.locals
  const outcome = await exportPerson(app, caller)
  if (isRefused(outcome)) {
    // Back to the page with the button, once they have proved who they are.
    const page = new URL(`/${language}/people/account/data`, event.url)
    return refuseLoad(outcome, { locals: event.locals, url: page })
  }
  const day = outcome.made.slice(0, 10)
  return new Response(zipOf(outcome, language), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="kopa-${day}.zip"`,
      'cache-control': 'no-store'
    }
  })
}
