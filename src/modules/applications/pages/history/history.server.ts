import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatMoment } from '#shared/texts/index.ts'
import { restoreAnswer } from '../../actions/restore-answer.ts'
import { readPath } from '../../path.ts'
import { answerOfVersion, draftAtWork, historyOfField } from '../../reads.ts'
import { between } from '../../writing/difference.ts'
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
  const [draft, spans] = await Promise.all([
    draftAtWork(app, caller, application),
    historyOfField(app, caller, application, path)
  ])
  if (isRefused(draft)) return refuseLoad(draft, event)
  if (isRefused(spans)) return refuseLoad(spans, event)
  const { outline, access, answers } = draft
  const at = readPath(path)
  const asked = z.coerce
    .number()
    .int()
    .min(0)
    .safeParse(event.url.searchParams.get('version') ?? NaN)
  const version = asked.success ? asked.data : undefined
  const moment =
    version === undefined ? undefined : await answerOfVersion(app, caller, application, path, version)
  const now = answers.get(path)
  return {
    code: outline.code,
    title: outline.title,
    path,
    question: partAt(app, outline, path)?.title[language] ?? path,
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
      href: `${applicationAddress(language, outline.code, `history/${encodeURIComponent(path)}`)}?version=${to}`
    })),
    shown:
      moment && !isRefused(moment) && version !== undefined
        ? { version, current: version === moment.now, pieces: piecesOf(moment, now) }
        : undefined,
    restores: access.edits(path) && outline.state === 'draft',
    restored: event.url.searchParams.has('restored')
  }
}

/** The text of then, with what came and went since it. */
function piecesOf(
  then: { text: string | null; value: unknown },
  now: { text?: string; value?: unknown } | undefined
): Piece[] {
  if (then.text === null) return [{ kind: 'same', text: JSON.stringify(then.value, null, 2) }]
  const pieces: Piece[] = []
  let read = 0
  for (const [at, remove, insert] of between(then.text, now?.text ?? '')) {
    pieces.push({ kind: 'same', text: then.text.slice(read, at) })
    if (remove > 0) pieces.push({ kind: 'gone', text: then.text.slice(at, at + remove) })
    if (insert !== '') pieces.push({ kind: 'new', text: insert })
    read = at + remove
  }
  pieces.push({ kind: 'same', text: then.text.slice(read) })
  return pieces.filter(({ text }) => text !== '')
}

export const actions = {
  restore: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const { application, path } = event.params
    const form = await event.request.formData()
    const restored = await restoreAnswer(app, caller, application, path, Number(form.get('version') ?? NaN))
    if (isRefused(restored)) return refuseForm(restored, event, form)
    const here = applicationAddress(language, application, `history/${encodeURIComponent(path)}`)
    redirect(303, `${here}?restored`)
  }
}
