import { error, redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { confirmWatch } from '../../actions/confirm-watch.ts'
import { stopWatch } from '../../actions/stop-watch.ts'
import { inLanguageOf } from '../../call.ts'
import { watchOfKey } from '../../reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { key: string }
  url: URL
}

/** What a link of a mail leads to: confirm, or stop. A program that only looks at links changes nothing. */
export async function load({ locals: { app, language }, params, url }: Event) {
  if (!/^[0-9a-f-]{36}$/.test(params.key)) error(404, { message: 'no such watch' })
  const watch = await watchOfKey(app, params.key)
  return {
    key: params.key,
    done: url.searchParams.get('done') === 'stopped' ? ('stopped' as const) : undefined,
    watch: watch && {
      confirmed: watch.confirmed,
      what: watch.title && inLanguageOf(watch.title, language),
      page: watch.code ? `/${language}/calls/${watch.code}` : `/${language}/calls?${watch.filter ?? ''}`
    }
  }
}

export const actions = {
  confirm: async ({ locals: { app, language }, params }: Event & { request: Request }) => {
    if (/^[0-9a-f-]{36}$/.test(params.key)) await confirmWatch(app, params.key)
    redirect(303, `/${language}/calls/watches/${params.key}`)
  },
  stop: async ({ locals: { app, language }, params }: Event & { request: Request }) => {
    if (/^[0-9a-f-]{36}$/.test(params.key)) await stopWatch(app, params.key)
    redirect(303, `/${language}/calls/watches/${params.key}?done=stopped`)
  }
}
