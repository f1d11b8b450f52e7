import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { line } from '#shared/forms/fields.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { readInput, typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { texts } from '#shared/texts/index.ts'
import { clearSetAside } from '../../actions/clear-set-aside.ts'
import { givenFile } from '../../attachments/given-file.ts'
import { pathWords } from '../../copies/path-words.ts'
import { filledOf } from '../../form-of-draft.server.ts'
import { answerText } from '../../form/answer-text.ts'
import { valueOf } from '../../form/filled.ts'
import { formsBefore } from '../../form/kept-forms.server.ts'
import { askedIn, setAside } from '../../form/set-aside.ts'
import { readPath } from '../../path.ts'
import { draftAtWork } from '../../reads.ts'
import { type DraftEvent, draftHere } from '../draft-page.server.ts'
import { applicationAddress } from '../application-page.ts'

/** What was answered and nobody asks for any more: to be read, copied, and emptied. */
export async function load(event: DraftEvent) {
  const { app, language } = event.locals
  const draft = await draftHere(event)
  const { outline, access, answers } = draft
  const filled = await filledOf(app, draft)
  const before = await formsBefore(app.database, outline)
  const forms = [filled.form, ...before.toReversed()]
  const speaking = { language, t: texts(language) }
  return {
    code: outline.code,
    title: outline.title,
    cleared: event.url.searchParams.has('cleared'),
    answers: setAside(filled).map(({ path, why }) => {
      const { version, ...given } = answers.get(path)!
      const asked = askedIn(filled.form, before, path)
      const of = outline.participants.find(({ id }) => id === readPath(path)?.participant)
      return {
        ...{ path, why, version, of: of?.name },
        what: pathWords(asked?.path ?? path, asked ? [asked.form] : forms, language),
        said: asked
          ? answerText({ ...filled, form: asked.form }, asked.question, valueOf(given), speaking)
          : (given.text ?? JSON.stringify(given.value)),
        file: givenFile(given.value) && applicationAddress(language, outline.code, `files/${path}`),
        history: applicationAddress(language, outline.code, `history/${path}`),
        clears: outline.state === 'draft' && access.edits(path)
      }
    })
  }
}

const clearing = z.object({
  path: line(),
  base: z.coerce.number('form.not-understood').int('form.not-understood')
})

export const actions = {
  clear: async (event: DraftEvent & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const draft = await draftAtWork(app, caller, event.params.application)
    if (isRefused(draft)) return refuseForm(draft, event, form)
    const read = readInput(clearing, typedIn(form))
    if ('problems' in read) return refuseForm(refused('invalid'), event, form)
    const cleared = await clearSetAside(app, caller, draft.outline.code, read.data)
    if (isRefused(cleared)) return refuseForm(cleared, event, form)
    redirect(303, `${applicationAddress(language, event.params.application, 'set-aside')}?cleared`)
  }
}
