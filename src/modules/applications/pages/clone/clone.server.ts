import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ApplicationForm } from '#modules/programmes'
import { filterFrom } from '#modules/calls'
import { callTaking, callUnderTerms, listCalls } from '#server/calls'
import { listActions } from '#server/programmes'
import { line } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { refusedUnlessAll } from '../../access.ts'
import { cloneApplication } from '../../actions/clone-application.ts'
import { pathWords } from '../../copies/path-words.ts'
import { formOfDraft } from '../../form-of-draft.server.ts'
import { readPath } from '../../path.ts'
import { draftAtWork } from '../../reads.ts'
import { type DraftEvent, draftHere } from '../draft-page.server.ts'
import { applicationAddress } from '../application-page.ts'

/** Beginning again with an earlier application: under which call, for what. */
export async function load(event: DraftEvent) {
  const { app, language } = event.locals
  const draft = await draftHere(event)
  const no = refusedUnlessAll(draft.access)
  if (no) return refuseLoad(no, event)
  const { outline } = draft
  const t = texts(language)
  const { calls } = await listCalls(app, filterFrom(new URLSearchParams()))
  const taking = await Promise.all(calls.map(({ code }) => callTaking(app, code)))
  const options = await Promise.all(
    taking.map(async (call) => {
      if (!call || (call.state !== 'open' && call.state !== 'published')) return []
      const title = call.title[language] || call.title.en || call.code
      return listActions(await callUnderTerms(app, call.terms), call.edition).flatMap(
        ({ action, names, fields }) =>
          fields.map((field) => ({
            call: `${title} (${call.code})`,
            value: `${call.code} ${action} ${field}`,
            label: `${names[language]}, ${t(`rules.field.${field}`)} (${call.code})`,
            alike: Number(action === outline.action) + Number(field === outline.field)
          }))
      )
    })
  )
  return {
    code: outline.code,
    title: outline.title,
    form: randomUUID(),
    // By call; what is most alike comes first.
    options: [
      ...Map.groupBy(
        options.flat().toSorted((one, other) => other.alike - one.alike),
        ({ call }) => call
      )
    ].map(([group, of]) => ({ group, options: of.map(({ value, label }) => ({ value, label })) }))
  }
}

const given = z.object({
  form: z.uuid('form.not-understood'),
  under: z.string('form.missing').regex(/^\S+ [a-z0-9-]+ [a-z-]+$/, 'form.missing'),
  title: line()
})

export const actions = {
  default: async (event: DraftEvent & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const draft = await draftAtWork(app, caller, event.params.application)
    if (isRefused(draft)) return refuseForm(draft, event, form)
    const read = readInput(given, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const [call = '', action = '', field = ''] = read.data.under.split(' ')
    const { outline, access } = draft
    const outcome = await cloneApplication(app, caller, outline.code, {
      ...{ call, action, field, language: outline.language },
      ...{ title: read.data.title, organisation: access.participant.organisation ?? '', form: read.data.form }
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    const earlier = await formOfDraft(app, outline)
    return {
      cloned: {
        href: applicationAddress(language, outcome.code),
        left: byReason(outcome.left, earlier, language),
        changed: byReason(outcome.changed, earlier, language)
      }
    }
  }
}

/** Questions by what became of their answers: each once, in the order of the form. */
function byReason<Why extends string>(
  items: readonly { path: string; why: Why }[],
  form: ApplicationForm,
  language: Language
) {
  const asked = form.sections.flatMap(({ id, questions }) => [
    id,
    ...questions.map((one) => `${id}.${one.id}`)
  ])
  const place = (path: string) => {
    const at = readPath(path)
    return at ? asked.indexOf(at.question === undefined ? at.section : `${at.section}.${at.question}`) : -1
  }
  const ordered = items.toSorted((one, other) => place(one.path) - place(other.path))
  return [...Map.groupBy(ordered, ({ why }) => why)].map(([why, of]) => ({
    why,
    what: [...new Set(of.map(({ path }) => pathWords(path, [form], language)))]
  }))
}
