import { randomUUID } from 'node:crypto'
import { fail, redirect } from '@sveltejs/kit'
import type { FormSection } from '#modules/programmes'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { type Typed, typedIn } from '#shared/forms/read-form.ts'
import { invalid, isRefused } from '#shared/forms/refused.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Language } from '#shared/texts/language.ts'
import { changeRows, isRowChange } from '../../actions/change-rows.ts'
import { remarksOnEarlier } from '../../copies/remarks-on-earlier.server.ts'
import { pathOf } from '../../form/filled.ts'
import { colleaguesInDraft, discussionInDraft, historyOfField } from '../../reads.ts'
import { applicationAddress, sectionAddress } from '../application-page.ts'
import { deadlineView } from '../deadline-view.ts'
import { actOnTalk, leftInTalks, typedInTalks } from '../discussion/talk-act.server.ts'
import { talkView } from '../discussion/talk-view.server.ts'
import { type AtSection, type SectionEvent, atSection, questionsAt } from './at-section.server.ts'
import { questionView } from './question-view.server.ts'
import { rowTitles } from './row-titles.server.ts'
import { checkBeside } from './section-check.server.ts'
import { saveSection, withTableRows } from './save-section.server.ts'
import { typedFor, typedOf } from './typed-answers.ts'

/** A section of the form: its questions with what is answered, or its rows. */
export async function load(event: SectionEvent) {
  const { language } = event.locals
  const at = await atSection(event)
  const { draft, all, shown, section, participant, place, viewing } = at
  const { outline, access, answers, call } = draft
  const pages = pagesOf(all)
  const index = pages.indexOf(section)
  const linkTo = (other: FormSection | undefined) =>
    other && {
      title: other.title[language],
      href: sectionAddress(language, outline.code, { section: other.id })
    }
  const rows = section.repeats ? rowTitles(at) : []
  const [talks, check, remarks] = await Promise.all([
    talksIn(event, outline.code),
    checkBeside(event.locals.app, at, language),
    remarksOnEarlier(event.locals.app, draft)
  ])
  return {
    code: outline.code,
    person: event.locals.caller.person ?? '',
    application: outline.title,
    state: outline.state,
    deadline: deadlineView(call.closesAt, call.now, language),
    section: {
      id: section.id,
      title: section.title[language],
      help: section.help?.[language],
      points: section.points,
      number: index + 1,
      count: pages.length
    },
    participant: participant && {
      id: participant.id,
      name: participant.name,
      own: participant.id === access.participant.id
    },
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
    row: rows.find(({ id }) => id === place?.row),
    list: shown.path,
    edits: at.edits,
    questions: questionsAt(at).map(({ question, place }) => questionView(question, place, viewing)),
    typed: Object.assign(
      {},
      ...questionsAt(at).map(({ question, place }) => {
        const path = pathOf(place, question.id)
        return typedOf(question, path, answers.get(path))
      })
    ) as Typed,
    previous: linkTo(pages[index - 1]),
    next: linkTo(pages[index + 1]),
    saved: event.url.searchParams.has('saved'),
    talks,
    /** What assessors remarked on the application that this one was begun again from, by path. */
    remarks: Object.fromEntries(remarks),
    check,
    says: outline.state !== 'withdrawn',
    talking: event.url.searchParams.get('talk') ?? undefined,
    removed: removedIn(event.url.searchParams.get('removed'))
  }
}

/** Who wrote last in some fields, by the path. */
async function writersOf({ locals: { app, caller } }: SectionEvent, code: string, paths: readonly string[]) {
  const by: Record<string, string> = {}
  for (const path of paths) {
    const spans = await historyOfField(app, caller, code, path)
    const name = isRefused(spans) ? undefined : spans[0]?.name
    if (name) by[path] = name
  }
  return by
}

/** What is said about each path, and who can be named; undefined for who is only asked to take part. */
async function talksIn({ locals: { app, caller, language } }: SectionEvent, code: string) {
  const [discussion, colleagues] = await Promise.all([
    discussionInDraft(app, caller, code),
    colleaguesInDraft(app, caller, code)
  ])
  if (isRefused(discussion) || isRefused(colleagues)) return undefined
  const talks = discussion.talks.map((talk) => talkView(talk, language))
  return {
    form: randomUUID(),
    at: Object.groupBy(talks, ({ path }) => path),
    colleagues: colleagues.map(({ id, name }) => ({ value: id, label: name }))
  }
}

/** The sections in their order, each once. */
function pagesOf(all: AtSection['all']): FormSection[] {
  return [...new Set(all.map(({ section }) => section))]
}

/** The row that was just taken away, and its place. */
function removedIn(text: string | null): { row: string; place: number } | undefined {
  const found = /^([a-z0-9]{8}):(\d{1,3})$/.exec(text ?? '')
  return found ? { row: found[1]!, place: Number(found[2]) } : undefined
}

/** A form that comes back: what was typed into fields that are not saved, and where somebody else was faster. */
export type ReturnedSection = ReturnedForm & {
  conflicts?: string[]
  /** Who that was, by the path. */
  by?: Record<string, string>
  /** All answers are saved; it came back for a comment that was begun and is not sent. */
  saved?: true
  /** The row that was taken away, while a comment was begun. */
  removed?: { row: string; place: number } | undefined
}

export const actions = {
  save: async (event: SectionEvent & { request: Request }) => {
    const { language } = event.locals
    const at = await atSection(event)
    const form = await event.request.formData()
    const typed = typedIn(form)
    const changed = withTableRows(at, typed, form)
    if (changed) return { typed: changed, problems: [], refused: 'invalid' as const, conflicts: [] }
    // Where somebody else was faster, and their answer is to stay.
    const theirs = new Set([String(form.get('theirs') ?? '')])
    const mine = Object.fromEntries(
      Object.entries(typed).filter(([name]) => !(name in typedFor(typed, theirs)))
    )
    const kept = await saveSection(event.locals, at, mine)
    if (kept.refused) {
      const still = { ...typedFor(typed, kept.open), ...typedInTalks(typed) }
      const failure = refuseForm(kept.refused, event, still)
      const by = await writersOf(event, at.draft.outline.code, kept.conflicts)
      return fail(failure.status, { ...failure.data, conflicts: kept.conflicts, by })
    }
    const begun = leftInTalks(typed)
    if (begun) return { ...begun, saved: true as const }
    // Who is told that something is wrong is not led away from it; who has seen it goes on.
    const stay = form.get('do') !== 'next' || (await savedWrong(event, kept.saved))
    redirect(303, stay ? hereWith(event, at, 'saved') : nextAddress(language, at))
  },

  /** Something is said beside a question. What else stands in the form is saved with it: nothing typed is lost. */
  talk: async (event: SectionEvent & { request: Request }) => {
    const at = await atSection(event)
    const form = await event.request.formData()
    const typed = typedIn(form)
    const kept = await saveSection(event.locals, at, at.edits ? typed : {})
    const said = await actOnTalk(event.locals, at.draft.outline.code, typed)
    if (!kept.refused && !isRefused(said)) {
      const talk = `${hereWith(event, at, 'talk', said.path)}#talk:${encodeURIComponent(said.path)}`
      return leftInTalks(typed, said.done) ?? redirect(303, talk)
    }
    const no = [kept.refused, isRefused(said) ? said : undefined].filter((one) => one !== undefined)
    const refusal = { ...no[0]!, problems: no.flatMap(({ problems }) => problems) }
    const still = {
      ...typedFor(typed, kept.open),
      ...typedInTalks(typed, isRefused(said) ? [] : said.done)
    }
    const failure = refuseForm(refusal, event, still)
    return fail(failure.status, { ...failure.data, conflicts: kept.conflicts })
  },

  rows: async (event: SectionEvent & { request: Request }) => {
    const { app, caller, language } = event.locals
    const at = await atSection(event)
    const { outline } = at.draft
    const form = await event.request.formData()
    const typed = typedIn(form)
    const [kind = '', row = '', place = ''] = String(form.get('change') ?? '').split(':')
    if (!isRowChange(kind)) return refuseForm(invalid('', 'form.not-understood'), event, typed)
    const done = await changeRows(app, caller, outline.id, {
      list: at.shown.path,
      kind,
      row,
      place: Number(place) || 0,
      most: at.section.repeats?.most ?? 0
    })
    if (isRefused(done)) return refuseForm(done, event, typed)
    const begun = leftInTalks(typed)
    if (begun) return { ...begun, removed: kind === 'remove' ? { row, place: done.place } : undefined }
    const here = { section: at.section.id, participant: at.participant?.id }
    const address = (one?: string) => sectionAddress(language, outline.code, { ...here, row: one })
    if (kind === 'add') redirect(303, address(done.row))
    const plain = address()
    if (kind !== 'remove') redirect(303, plain)
    redirect(303, `${plain}${plain.includes('?') ? '&' : '?'}removed=${row}:${done.place}`)
  }
}

/** Whether something that was just saved is not as the form takes it. */
async function savedWrong(event: SectionEvent, saved: ReadonlySet<string>): Promise<boolean> {
  const now = await atSection(event)
  return questionsAt(now)
    .map(({ question, place }) => questionView(question, place, now.viewing))
    .some(({ path, wrong }) => saved.has(path) && wrong.length > 0)
}

/** The same page again, with a word about what was done. */
function hereWith({ url, locals }: SectionEvent, at: AtSection, name: string, value = ''): string {
  const here = sectionAddress(locals.language, at.draft.outline.code, {
    section: at.section.id,
    participant: url.searchParams.get('participant') ?? undefined,
    row: at.place?.row
  })
  const said = value === '' ? name : `${name}=${encodeURIComponent(value)}`
  return `${here}${here.includes('?') ? '&' : '?'}${said}`
}

/** After a row its list, after the last row of work the next section, after that the overview. */
function nextAddress(
  language: Language,
  { draft: { outline }, all, section, participant, place }: AtSection
): string {
  const here = { section: section.id, participant: participant?.id }
  if (place?.row !== undefined) return sectionAddress(language, outline.code, here)
  const pages = pagesOf(all)
  const next = pages[pages.indexOf(section) + 1]
  if (!next) return applicationAddress(language, outline.code)
  return sectionAddress(language, outline.code, { section: next.id })
}
