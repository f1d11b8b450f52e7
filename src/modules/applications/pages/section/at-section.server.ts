import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import type { ApplicationForm, FormSection } from '#modules/programmes'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { Participant } from '../../application.ts'
import type { Draft } from '../../draft.server.ts'
import { filledOf } from '../../form-of-draft.server.ts'
import { brokenIn, namedBy } from '../../form/cross-field.ts'
import type { Filled, Place } from '../../form/filled.ts'
import { shownQuestions } from '../../form/conditions.ts'
import { type ShownSection, shownSections } from '../../form/shown.ts'
import { draftAtWork } from '../../reads.ts'
import { whoLeft } from '../../outline.server.ts'
import { applicationAddress } from '../application-page.ts'
import type { Viewing } from './question-view.server.ts'

export type SectionEvent = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string; section: string }
  url: URL
}

/** A part of the form as an address names it: a section, of a participant where each fills its own, perhaps a row. */
export type AtSection = {
  draft: Draft
  filled: Filled
  viewing: Viewing
  /** All pages of the form as it is now. */
  all: ShownSection[]
  shown: ShownSection
  section: FormSection
  /** Those who fill this section for themselves; none where it is filled once. */
  fillers: Participant[]
  /** Of fillers, the one whose part this is. */
  participant: Participant | undefined
  /** Where the questions stand; undefined where the rows are listed. */
  place: Place | undefined
  edits: boolean
}

/** Finds what an address of a section names, for one of the consortium. */
export async function atSection(event: SectionEvent): Promise<AtSection> {
  const { app, caller, language } = event.locals
  const draft = await draftAtWork(app, caller, event.params.application)
  if (isRefused(draft)) return refuseLoad(draft, event)
  const { outline, access, answers } = draft
  const filled = { ...(await filledOf(app, draft)), left: await whoLeft(app.database, outline.id) }
  const all = shownSections(filled)
  const own = all.filter(({ section }) => section.id === event.params.section)
  const asked = event.url.searchParams.get('participant')
  const shown =
    asked === null
      ? (own.find(({ participant }) => participant === access.participant.id) ?? own[0])
      : own.find(({ participant }) => participant === asked)
  if (!shown) error(404, { message: 'no such section' })
  const row = event.url.searchParams.get('row')
  const place =
    row === null && shown.section.repeats
      ? undefined
      : shown.places.find((one) => one.row === (row ?? undefined))
  if (row !== null && !place) error(404, { message: 'no such row' })
  const known = new Map(outline.participants.map((one) => [one.id, one]))
  const speaking = { language, t: texts(language) }
  return {
    draft,
    filled,
    viewing: {
      filled,
      answers,
      speaking,
      deciding: decidingIn(filled.form),
      ruled: ruledIn(filled.form),
      broken: brokenIn(filled),
      addressOf: (page, path) => applicationAddress(language, outline.code, `${page}/${path}`)
    },
    all,
    shown,
    section: shown.section,
    fillers: own.flatMap(({ participant }) => known.get(participant ?? '') ?? []),
    participant: known.get(shown.participant ?? ''),
    place,
    edits: outline.state === 'draft' && access.edits(shown.path)
  }
}

/** The questions whose answers decide about others. */
function decidingIn({ sections }: ApplicationForm): Set<string> {
  const conditions = JSON.stringify(
    sections.map(({ shown, questions }) => [shown, questions.map((one) => [one.shown, one.required])])
  )
  return new Set([...conditions.matchAll(/"answer":"([^"]+)"/g)].map((found) => found[1]!))
}

/** The questions that rules over several answers look at. */
function ruledIn({ rules }: ApplicationForm): Set<string> {
  const of = rules.flatMap((rule) => [
    ...namedBy(rule),
    ...(rule.word === 'order' ? [rule.then] : []),
    ...(rule.word === 'within' ? [rule.from, rule.months] : []),
    ...(rule.word === 'sum' ? [rule.equals, rule['at-most']] : [])
  ])
  return new Set(
    of.flatMap((path) => (typeof path === 'string' ? path.split('.').slice(0, 2).join('.') : []))
  )
}

/** The questions that stand on the page. */
export function questionsAt({ filled, place }: AtSection) {
  return place ? shownQuestions(filled, place).map((question) => ({ question, place })) : []
}
