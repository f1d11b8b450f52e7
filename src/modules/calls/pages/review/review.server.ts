import { redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad, spoken } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { publishCall } from '../../actions/publish-call.ts'
import { sendCallBack } from '../../actions/send-call-back.ts'
import { effectsOf } from '../../correct.ts'
import { callAtDesk } from '../../reads.ts'
import { inContext } from '../../shown-call.server.ts'
import { sayChange, speechFor } from '../../speech.server.ts'
import { textOf } from '../edit/form-values.ts'
import { termsView } from '../terms-view.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** What lies for review: the whole text, and for a corrigendum what changes and what that means. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await callAtDesk(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const { call, what, changes, reviews, steps } = desk
  const speech = speechFor(app, language)
  const { drafts, submitted } = await app.draftsUnder(call.code)
  return {
    code: call.code,
    revision: call.revision,
    view: termsView(await inContext(app, call, what.terms), call.edition, speech),
    // In all languages: whoever publishes it answers for what each reader will read.
    corrigendum:
      what.corrigendum &&
      Object.entries(what.corrigendum.reason).map(([language, reason]) => ({ language, reason })),
    changes: changes.map((change) => sayChange(change, speech)),
    effects: effectsOf(changes),
    drafts: drafts + submitted,
    problems: spoken(what.problems, language),
    sent: what.sent,
    reviews,
    sender: steps.findLast(({ step }) => step === 'sent')?.name
  }
}

export const actions = {
  publish: (event: Event & { request: Request }) =>
    decide(event, ({ app, caller, call, revision }) => publishCall(app, caller, call, revision)),
  back: (event: Event & { request: Request }) =>
    decide(event, ({ app, caller, call, revision, remarks }) =>
      sendCallBack(app, caller, call, { revision, remarks })
    )
}

type Deciding = { app: App; caller: Caller; call: string; revision: number; remarks: string }

async function decide(
  event: Event & { request: Request },
  work: (deciding: Deciding) => Promise<{ code: string } | Refused>
) {
  const { app, caller, language } = event.locals
  const typed = typedIn(await event.request.formData())
  const outcome = await work({
    app,
    caller,
    call: event.params.call,
    revision: Number(textOf(typed, 'revision')),
    remarks: textOf(typed, 'remarks')
  })
  if (isRefused(outcome)) return refuseForm(outcome, event, typed)
  redirect(303, `/${language}/calls/${event.params.call}/edit`)
}
