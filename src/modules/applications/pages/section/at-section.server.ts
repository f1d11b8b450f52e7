import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import type { ApplicationForm, FormQuestion, FormSection } from '#modules/programmes'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { type Reading, rowsOf } from '../../answer-words.ts'
import type { Participant } from '../../application.ts'
import type { Draft } from '../../draft.server.ts'
import { formOfDraft } from '../../form-of-draft.server.ts'
import { type Path, writePath } from '../../path.ts'
import { draftAtWork } from '../../reads.ts'

export type SectionEvent = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string; section: string }
  url: URL
}

/** A part of the form as an address names it: a section, of a participant where each fills its own, perhaps a row. */
export type AtSection = {
  draft: Draft
  form: ApplicationForm
  section: FormSection
  /** Those who fill this section for themselves; none where it is filled once. */
  fillers: Participant[]
  /** Of fillers, the one whose part this is. */
  participant: Participant | undefined
  /** The list of rows of a section that repeats. */
  rows: string[]
  row: string | undefined
  /** The questions that stand here, each with its path. */
  questions: { question: FormQuestion; path: string }[]
  reading: Reading
  edits: boolean
}

/** Finds what an address of a section names, for one of the consortium. */
export async function atSection(event: SectionEvent): Promise<AtSection> {
  const { app, caller, language } = event.locals
  const draft = await draftAtWork(app, caller, event.params.application)
  if (isRefused(draft)) return refuseLoad(draft, event)
  const form = formOfDraft(app, draft)
  const section = form.sections.find(({ id }) => id === event.params.section)
  if (!section) error(404, { message: 'no such section' })
  const { outline, access, answers } = draft
  const fillers = section.of === 'participant' ? fillersOf(section, outline.participants) : []
  const participant = fillerAt(fillers, access.participant, event.url.searchParams.get('participant'))
  if (section.of === 'participant' && !participant) error(404, { message: 'nobody fills this section' })
  const rows = section.repeats ? rowsOf(answers, listPath(section, participant)) : []
  const row = event.url.searchParams.get('row') ?? undefined
  if (row !== undefined && !rows.includes(row)) error(404, { message: 'no such row' })
  const here = { section: section.id, ...(participant && { participant: participant.id }) }
  const t = texts(language)
  const yes = t('applications-editor.yes')
  const no = t('applications-editor.no')
  return {
    draft,
    form,
    section,
    fillers,
    participant,
    rows,
    row,
    questions: questionsAt(section, { ...here, ...(row && { row }) }),
    reading: { form, outline, answers, language, yes, no },
    edits: outline.state === 'draft' && access.edits(writePath({ ...here, question: 'a' }))
  }
}

/** The path of the list of rows of a section. */
export function listPath(section: FormSection, participant: Participant | undefined): string {
  return writePath({ section: section.id, ...(participant && { participant: participant.id }) })
}

function fillersOf(section: FormSection, participants: readonly Participant[]): Participant[] {
  return participants.filter(({ role }) => section.for.includes(role))
}

/** The participant that is asked for; else one's own part, else the first. */
function fillerAt(fillers: readonly Participant[], own: Participant, asked: string | null) {
  if (asked !== null) return fillers.find(({ id }) => id === asked)
  return fillers.find(({ id }) => id === own.id) ?? fillers[0]
}

function questionsAt(section: FormSection, here: Path): { question: FormQuestion; path: string }[] {
  if (section.repeats && here.row === undefined) return []
  return section.questions.map((question) => ({ question, path: writePath({ ...here, question: question.id }) }))
}
