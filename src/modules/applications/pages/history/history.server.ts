import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatMoment, texts } from '#shared/texts/index.ts'
import { restoreAnswer } from '../../actions/restore-answer.ts'
import { filledOf } from '../../form-of-draft.server.ts'
import { answerText } from '../../form/answer-text.ts'
import { type Filled, fieldAt } from '../../form/filled.ts'
import { readPath } from '../../path.ts'
import { answerOfVersion, draftAtWork, historyOfField } from '../../reads.ts'
import { between } from '../../writing/difference.ts'
import { inWords } from '../../writing/side-by-side.ts'
import { partAt } from '../../writing/part.server.ts'
import { applicationAddress, sectionAddress } from '../application-page.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string; path: string }
  url: URL
}

/** A piece of a text beside another version of it. */
export type Piece = { kind: 'same' | 'gone' | 'new'; text: string }

/** What happened in a field, and one moment of it beside the text that stands. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const { application, path } = event.params
  const number = (name: string) =>
    z.coerce
      .number()
      .int()
      .min(0)
      .safeParse(event.url.searchParams.get(name) ?? NaN).data
  const before = number('before')
  const [draft, spans] = await Promise.all([
    draftAtWork(app, caller, application),
    historyOfField(app, caller, application, path, before)
  ])
  if (isRefused(draft)) return refuseLoad(draft, event)
  if (isRefused(spans)) return refuseLoad(spans, event)
  const { outline, access, answers } = draft
  const filled = await filledOf(app, draft)
  const asked = fieldAt(filled.form, path)
  if (!asked && spans.length === 0) return refuseLoad(refused('not-found'), event)
  const at = readPath(path)
  const version = number('version')
  const moment =
    version === undefined ? undefined : await answerOfVersion(app, caller, application, path, version)
  const now = answers.get(path)
  const inWords = (value: unknown) => valueText(filled, path, value, language)
  const here = applicationAddress(language, outline.code, `history/${encodeURIComponent(path)}`)
  const page = before === undefined ? '' : `&before=${before}`
  const oldest = spans.at(-1)?.from ?? 1
  return {
    code: outline.code,
    title: outline.title,
    path,
    question: partAt(filled.form, outline, path)?.title[language] ?? path,
    section:
      at &&
      sectionAddress(language, outline.code, {
        section: at.section,
        participant: at.participant,
        row: at.row
      }),
    spans: spans.map(({ to, name, ended, how, inserted, removed }) => ({
      version: to,
      name,
      at: formatMoment(ended, language),
      how,
      inserted,
      removed,
      href: `${here}?version=${to}${page}`
    })),
    earlier: oldest > 1 ? `${here}?before=${oldest}` : undefined,
    shown:
      moment && !isRefused(moment) && version !== undefined
        ? {
            version,
            current: version === moment.now,
            pieces: piecesOf(moment, now, inWords),
            marked: moment.text !== null && version !== moment.now,
            earlier: version > 1 ? `${here}?version=${version - 1}${page}` : undefined,
            later: version < moment.now ? `${here}?version=${version + 1}${page}` : undefined
          }
        : undefined,
    restores: access.edits(path) && outline.state === 'draft',
    restored: event.url.searchParams.has('restored')
  }
}

/** An answer that is no text, as a person would read it out; of the rows of a section, what each is called. */
function valueText(filled: Filled, path: string, value: unknown, language: Language): string {
  const asked = fieldAt(filled.form, path)
  if (asked && asked !== 'rows') return answerText(filled, asked, value, { language, t: texts(language) })
  const title = filled.form.sections.find(({ id }) => id === readPath(path)?.section)?.repeats?.title
  const rows = Array.isArray(value) ? value : []
  return rows
    .map((row, index) => `${index + 1}. ${filled.answers.get(`${path}.${row}.${title}`)?.text ?? ''}`)
    .join('\n')
}

/** The text of then, with what came and went since it. */
function piecesOf(
  then: { text: string | null; value: unknown },
  now: { text?: string; value?: unknown } | undefined,
  say: (value: unknown) => string
): Piece[] {
  if (then.text === null) return [{ kind: 'same', text: say(then.value) }]
  const pieces: Piece[] = []
  let read = 0
  for (const [at, remove, insert] of inWords(then.text, between(then.text, now?.text ?? ''))) {
    pieces.push({ kind: 'same', text: then.text.slice(read, at) })
    if (remove > 0) pieces.push({ kind: 'gone', text: then.text.slice(at, at + remove) })
    if (insert !== '') pieces.push({ kind: 'new', text: insert })
    read = at + remove
  }
  pieces.push({ kind: 'same', text: then.text.slice(read) })
  return pieces.filter(({ text }) => text !== '')
}

const restoring = z.object({
  version: z
    .string('form.not-understood')
    .regex(/^\d{1,9}$/, 'form.not-understood')
    .transform(Number)
})

export const actions = {
  restore: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const { application, path } = event.params
    const form = await event.request.formData()
    const read = readInput(restoring, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const restored = await restoreAnswer(app, caller, application, path, read.data.version)
    if (isRefused(restored)) return refuseForm(restored, event, form)
    const here = applicationAddress(language, application, `history/${encodeURIComponent(path)}`)
    redirect(303, `${here}?restored`)
  }
}
