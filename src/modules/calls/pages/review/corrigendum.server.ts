import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { beginCorrigendum } from '../../actions/begin-corrigendum.ts'
import { inLanguageOf, neededLanguages } from '../../call.ts'
import { callAtDesk } from '../../reads.ts'
import { languageName } from '../../speech.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

/** A change of a published call begins with its reason. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await callAtDesk(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  if (!desk.writes) return refuseLoad(refused('not-allowed'), event)
  const { drafts, submitted } = await app.draftsUnder(desk.call.code)
  return {
    code: desk.call.code,
    title: inLanguageOf(desk.what.terms.title, language) || desk.call.code,
    state: desk.state,
    form: randomUUID(),
    reasons: neededLanguages.map((one) => ({
      language: one,
      name: languageName(one, language),
      value: desk.what.corrigendum?.reason[one] ?? ''
    })),
    drafts: drafts + submitted
  }
}

const given = z.object({
  'reason.lv': paragraphs(),
  'reason.en': paragraphs(),
  form: z.uuid('form.not-understood')
})

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(given, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const outcome = await beginCorrigendum(app, caller, event.params.call, {
      reason: { lv: read.data['reason.lv'], en: read.data['reason.en'] },
      form: read.data.form
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/calls/${event.params.call}/edit`)
  }
}
