import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatMoment } from '#shared/texts/index.ts'
import { settleComment } from '../../actions/settle-comment.ts'
import { writeComment } from '../../actions/write-comment.ts'
import { readPath } from '../../path.ts'
import { discussionInDraft, draftAtWork } from '../../reads.ts'
import type { Said } from '../../writing/discussion.server.ts'
import { partAt } from '../../writing/part.server.ts'
import { applicationAddress, sectionAddress } from '../application-page.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string }
  url: URL
}

/** Everything that people say to each other about a draft, what is open first. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const { application } = event.params
  const [draft, discussion] = await Promise.all([
    draftAtWork(app, caller, application),
    discussionInDraft(app, caller, application)
  ])
  if (isRefused(draft)) return refuseLoad(draft, event)
  if (isRefused(discussion)) return refuseLoad(discussion, event)
  const { outline, access } = draft
  const said = ({ id, text, by, at }: Said) => ({ id, text, name: by.name, at: formatMoment(at, language) })
  const talks = discussion.talks.map((talk) => ({
    ...said(talk),
    path: talk.path,
    part: partAt(app, outline, talk.path)?.title[language] ?? talk.path,
    href: addressOf(language, outline.code, talk.path),
    quote: talk.quote?.text,
    answers: talk.answers.map(said),
    settled: talk.settled !== null
  }))
  return {
    code: outline.code,
    title: outline.title,
    open: talks.filter(({ settled }) => !settled),
    settled: talks.filter(({ settled }) => settled),
    speaks: access.participant.state === 'accepted' && outline.state !== 'withdrawn'
  }
}

function addressOf(language: Language, code: string, path: string): string {
  const at = readPath(path)
  if (!at) return applicationAddress(language, code)
  return sectionAddress(language, code, { section: at.section, participant: at.participant, row: at.row })
}

const answering = z.object({
  path: z.string('form.missing').max(200, 'form.too-long'),
  talk: z.uuid('form.not-understood'),
  text: paragraphs()
})
const settling = z.object({ talk: z.uuid('form.not-understood'), state: z.enum(['settled', 'open']) })

export const actions = {
  answer: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const { application } = event.params
    const form = await event.request.formData()
    const read = readInput(answering, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const { path, text, talk } = read.data
    const outcome = await writeComment(app, caller, application, { path, text, answers: talk })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `${applicationAddress(language, application, 'comments')}#talk-${talk}`)
  },
  settle: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const { application } = event.params
    const form = await event.request.formData()
    const read = readInput(settling, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const outcome = await settleComment(app, caller, application, read.data.talk, read.data.state)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, applicationAddress(language, application, 'comments'))
  }
}
