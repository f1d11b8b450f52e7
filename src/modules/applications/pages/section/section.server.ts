import { redirect } from '@sveltejs/kit'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { type Typed, typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import { applicationAddress } from '../application-page.ts'
import { deadlineView } from '../deadline-view.ts'
import { type SectionEvent, atSection } from './at-section.server.ts'
import { questionView } from './question-view.server.ts'
import { sectionAddress } from './section-address.ts'
import { rowTitles } from './row-titles.server.ts'
import { typedOf } from './typed-answers.ts'

/** A section of the form: its questions with what is answered, or its rows. */
export async function load(event: SectionEvent) {
  const { language } = event.locals
  const at = await atSection(event)
  const { draft, form, section, participant, reading, row } = at
  const { outline, access, answers, call } = draft
  const index = form.sections.indexOf(section)
  const linkTo = (other: (typeof form.sections)[number] | undefined) =>
    other && { title: other.title[language], href: applicationAddress(language, outline.code, other.id) }
  const rows = section.repeats ? rowTitles(at) : []
  return {
    code: outline.code,
    application: outline.title,
    state: outline.state,
    deadline: deadlineView(call.closesAt, call.now, language),
    section: {
      id: section.id,
      title: section.title[language],
      help: section.help?.[language],
      number: index + 1,
      count: form.sections.length
    },
    participant: participant && { id: participant.id, name: participant.name, own: participant.id === access.participant.id },
    fillers: at.fillers.map(({ id, name, country }) => ({
      id,
      name,
      country,
      href: sectionAddress(language, outline.code, { section: section.id, participant: id })
    })),
    repeats: section.repeats && {
      one: section.repeats.one[language],
      least: section.repeats.least,
      most: section.repeats.most
    },
    rows,
    row: row === undefined ? undefined : rows.find(({ id }) => id === row),
    edits: at.edits,
    questions: at.questions.map(({ question, path }) =>
      questionView(question, path, { reading, required: question.required === true })
    ),
    typed: Object.assign(
      {},
      ...at.questions.map(({ question, path }) => typedOf(question, path, answers.get(path)))
    ) as Typed,
    previous: linkTo(form.sections[index - 1]),
    next: linkTo(form.sections[index + 1]),
    saved: event.url.searchParams.has('saved')
  }
}
