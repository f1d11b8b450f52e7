import { redirect } from '@sveltejs/kit'
import { fields } from '#modules/programmes'
import { organisationNames } from '#server/organisations'
import { listActions } from '#server/programmes'
import { comesBack } from '#shared/forms/begun.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, refusalFor } from '#shared/identity/index.ts'
import { askForAdvice } from '../../actions/ask-for-advice.ts'
import { withdrawAdviceRequest } from '../../actions/withdraw-advice-request.ts'
import { adviceReceived, bodyNames } from '../../reads.ts'
import type { Event } from '../form-event.ts'

/** What the reader's organisation asked, how it was advised, and the form to ask. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, ['member'], { organisation: 'any' })
  if (no) return refuseLoad(no, event)
  const organisation = organisationOf(caller)
  if (organisation === undefined) return refuseLoad(refused('not-allowed'), event)
  const received = await adviceReceived(app, caller, organisation)
  if (isRefused(received)) return refuseLoad(received, event)
  const bodies = [...received.requests, ...received.advice].map(({ body }) => body)
  return {
    organisation: (await organisationNames(app.database, [organisation], language)).get(organisation),
    ...received,
    bodyNames: Object.fromEntries(await bodyNames(app.database, bodies, language)),
    editions: app.programmes.editions,
    fields: [...fields],
    actions: listActions(app).map(({ action, names }) => ({ action, names })),
    asked: event.url.searchParams.get('asked') ?? '',
    begin: {
      action: event.url.searchParams.get('action') ?? '',
      edition: event.url.searchParams.get('edition') ?? String(app.programmes.editions[0])
    }
  }
}

/** The organisation that somebody acts for. */
function organisationOf(caller: Caller): string | undefined {
  const acting = caller.person === undefined ? undefined : caller.acting
  return acting && 'organisation' in acting ? acting.organisation : undefined
}

export const actions = {
  ask: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const text = (name: string) => form.get(name) ?? undefined
    const asked = await askForAdvice(app, caller, {
      organisation: organisationOf(caller) ?? '',
      action: text('action'),
      edition: text('edition'),
      field: text('field'),
      question: text('question')
    })
    if (isRefused(asked)) return refuseForm(asked, event, form)
    redirect(303, `/${language}/directory/advice?asked=${asked.request}`)
  },
  withdraw: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const withdrawn = await withdrawAdviceRequest(app, caller, String(form.get('request')))
    if (isRefused(withdrawn)) return refuseForm(withdrawn, event, form)
    // A question that is begun comes back whole: what it is about is part of it.
    const { request: _done, question = '', ...about } = typedIn(form)
    const begun = question === '' ? {} : { question, ...about }
    return comesBack(begun) ?? redirect(303, `/${language}/directory/advice`)
  }
}
