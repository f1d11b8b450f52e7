import { error, fail, redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { fileRefusalText, findFile, kindsText } from '#shared/files/index.ts'
import { fileKinds } from '#shared/files/kinds.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, isLanguage, texts } from '#shared/texts/index.ts'
import { attachFile, mostAttachmentBytes } from '../../actions/attach-file.ts'
import { removeAttachment } from '../../actions/remove-attachment.ts'
import { fileQuestionAt } from '../../attachments/file-question.server.ts'
import { givenFile } from '../../attachments/given-file.ts'
import type { Draft } from '../../draft.server.ts'
import { templateDocument } from '../../form/template-document.server.ts'
import { readPath } from '../../path.ts'
import { attachmentOf, draftAtWork } from '../../reads.ts'
import { applicationAddress, sectionAddress } from '../application-page.ts'
import { keptFile } from '../kept-file.server.ts'
import { sizeText } from '../section/question-view.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string; path: string }
  url: URL
  request: Request
}

/** A question that asks for a file: what was given, and giving another. */
export async function load(event: Event) {
  const { app, language } = event.locals
  const { draft, question } = await atHand(event)
  const { path } = event.params
  const answer = draft.answers.get(path)
  const given = givenFile(answer?.value)
  const file = given && (await findFile(app.database, given.file))
  return {
    code: draft.outline.code,
    application: draft.outline.title,
    path,
    back: backTo(draft, path, language),
    title: question.ask[language],
    help: question.help?.[language],
    accept: question.types.map((kind) => `.${fileKinds[kind].extension}`).join(','),
    kinds: kindsText(question.types),
    pages: question.pages,
    megabytes: mostAttachmentBytes / 1_000_000, // not of a guide: megabytes
    template: question.template && applicationAddress(language, draft.outline.code, `template/${path}`),
    version: answer?.version ?? 0,
    given: given && {
      name: given.name,
      size: sizeText(given.size, language),
      pages: given.pages,
      waits: file?.scan.state === 'waiting-for-scan',
      href: applicationAddress(language, draft.outline.code, `files/${path}`)
    },
    edits: draft.outline.state === 'draft' && draft.access.edits(path),
    state: draft.outline.state,
    done: ['saved', 'removed'].find((one) => event.url.searchParams.has(one)) as
      'saved' | 'removed' | undefined
  }
}

export const actions = {
  give: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const content = form.get('file')
    if (!(content instanceof File) || content.name === '') {
      const problems = [{ field: 'file', key: 'applications-editor.problem.no-file' as const }]
      return refuseForm(refused('invalid', { problems }), event, form)
    }
    const base = Number(form.get('base')) || 0
    const { application, path } = event.params
    const outcome = await attachFile(app, caller, application, path, { content, name: content.name, base })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    if ('refused' in outcome) {
      const message = fileRefusalText(outcome, texts(language))
      return fail(422, { typed: {}, problems: [{ field: 'file', message }], refused: 'invalid' as const })
    }
    redirect(303, `${applicationAddress(language, application, `attachment/${path}`)}?saved`)
  },

  remove: async (event: Event) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const { application, path } = event.params
    const base = Number(form.get('base')) || 0
    const outcome = await removeAttachment(app, caller, application, { path, base })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `${applicationAddress(language, application, `attachment/${path}`)}?removed`)
  }
}

/** The file itself, for the consortium alone. */
export async function download(event: Event): Promise<Response> {
  const { locals, params } = event
  const { app, caller } = locals
  const file = await attachmentOf(app, caller, params.application, params.path)
  if (isRefused(file)) return refuseLoad(file, event)
  return keptFile(event, file)
}

/** The document to fill in, made from the form. */
export async function template(event: Event): Promise<Response> {
  const { language } = event.locals
  const { draft, question } = await atHand(event)
  if (!question.template)
    redirect(303, applicationAddress(language, draft.outline.code, `attachment/${event.params.path}`))
  const { code, title, language: spoken } = draft.outline
  const written = isLanguage(spoken) ? spoken : language
  const { pages } = question
  const notes =
    pages === undefined ? [] : [texts(written)('applications-editor.file.most-pages', { count: pages })]
  const document = templateDocument(question.template, {
    language: written,
    application: `${title} (${code})`,
    notes
  })
  return new Response(document as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': fileKinds.docx.type,
      'content-disposition': `attachment; filename="${code}-${question.id}.docx"`,
      'x-content-type-options': 'nosniff'
    }
  })
}

async function atHand(event: Event) {
  const { app, caller } = event.locals
  const draft = await draftAtWork(app, caller, event.params.application)
  if (isRefused(draft)) return refuseLoad(draft, event)
  const question = await fileQuestionAt(app, draft, event.params.path)
  if (!question) error(404, { message: 'no such question' })
  return { draft, question }
}

/** The section in which the question stands. */
function backTo({ outline }: Draft, path: string, language: Language): string {
  return sectionAddress(language, outline.code, readPath(path)!)
}
