import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { oneOf } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { beginCall } from '../../actions/begin-call.ts'
import { bodyOf } from '../../bodies.server.ts'
import { callKinds } from '../../call.ts'
import { ofTheBody } from '../../permissions.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** A new call: which kind, of which edition. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, ofTheBody, { body: 'any' })
  if (no) return refuseLoad(no, event)
  const body = bodyIdOf(caller)
  const { editions } = app.programmes
  return {
    form: randomUUID(),
    body: (await bodyOf(app, body)).names[language],
    // A year ahead of the guide, for calls that stand outside it.
    editions: [editions[0]! + 1, ...editions],
    latest: editions[0]!
  }
}

const given = z.object({
  kind: oneOf(callKinds),
  edition: z.string('form.missing').regex(/^\d{4}$/, 'form.missing'),
  form: z.uuid('form.not-understood')
})

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(given, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const { kind, edition, form: token } = read.data
    const outcome = await beginCall(app, caller, {
      body: bodyIdOf(caller),
      edition: Number(edition),
      kind,
      form: token
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/calls/${outcome.code}/edit/scope`)
  }
}

/** The body that the officer acts for. */
function bodyIdOf(caller: Caller): string {
  return isSignedIn(caller) && caller.acting?.role === 'officer' ? caller.acting.body : ''
}
