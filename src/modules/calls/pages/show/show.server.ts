import { error, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, may } from '#shared/identity/index.ts'
import { type Language, formatInstant } from '#shared/texts/index.ts'
import { askToFollow } from '../../actions/ask-to-follow.ts'
import { followCalls } from '../../actions/follow-calls.ts'
import { stopWatch } from '../../actions/stop-watch.ts'
import { ofTheBody } from '../../permissions.ts'
import { inLanguageOf } from '../../call.ts'
import { showCall, watchOf } from '../../reads.ts'
import { sayChange, speechFor } from '../../speech.server.ts'
import { timeLeft } from '#shared/time/time-left.ts'
import { termsView } from '../terms-view.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** A published call, whole. */
export async function load({ locals: { app, language, caller }, params, url }: Event) {
  const shown = await showCall(app, params.call)
  if (!shown) error(404, { message: 'no such call' })
  const speech = speechFor(app, language)
  const watch = await watchOf(app, caller, params.call)
  return {
    code: shown.code,
    kind: shown.kind,
    state: shown.state,
    takes: shown.state === 'open' || shown.state === 'published',
    view: termsView(shown, shown.edition, speech),
    left: shown.state === 'open' ? timeLeft(shown.now, shown.closesAt) : undefined,
    publishedAt: formatInstant(shown.publishedAt.toString(), language),
    corrigenda: shown.corrigenda.map(({ number, reason, publishedAt, changes, effects }) => ({
      number,
      reason: inLanguageOf(reason, language),
      at: formatInstant(publishedAt.toString(), language),
      changes: changes.map((change) => sayChange(change, speech)),
      effects
    })),
    drafts: shown.drafts,
    following: watch?.key,
    signedIn: isSignedIn(caller),
    told: url.searchParams.get('told') === 'asked',
    office: may(caller, ofTheBody, { body: shown.body.id })
  }
}

/** Following a call: with an account by one button, else with an address that is confirmed. */
export const actions = {
  follow: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const outcome = await followCalls(app, caller, { call: event.params.call })
    if (isRefused(outcome)) return refuseForm(outcome, event, new FormData())
    redirect(303, `/${language}/calls/${event.params.call}#follow`)
  },
  stop: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const watch = await watchOf(app, caller, event.params.call)
    if (watch) await stopWatch(app, watch.key)
    redirect(303, `/${language}/calls/${event.params.call}#follow`)
  },
  ask: async (event: Event & { request: Request }) => {
    const { app, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(z.object({ email: emailAddress() }), Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const outcome = await askToFollow(app, { email: read.data.email, language, call: event.params.call })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/calls/${event.params.call}?told=asked#follow`)
  }
}
