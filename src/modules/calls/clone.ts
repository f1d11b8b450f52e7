import { Temporal } from 'temporal-polyfill'
import type { Field } from '#modules/programmes'
import type { LocalMoment } from '#shared/time/local-moment.ts'
import type { CallTerms, OpenedAction } from './call.ts'
import { type BodyKind, type GuideTimes, proposedDeadlines } from './deadline-rules.ts'

/** What is known of the edition to which a call is moved. */
export type NewEdition = {
  edition: number
  body: BodyKind
  times: GuideTimes
  /** Fields of each action of the edition. */
  actions: ReadonlyMap<string, readonly Field[]>
  priorities: ReadonlySet<string>
}

/** What somebody should look at before they save a clone. */
export type CloneNote =
  /** The new edition does not have this action. */
  | { note: 'action-gone'; action: string }
  | { note: 'priority-gone'; priority: string }
  /** The guide sets the deadline. */
  | { note: 'deadline-of-guide' }
  /** The guide does not know a day yet: the same day of the year, at the usual hour. */
  | { note: 'deadline-moved' }
  | { note: 'budget-emptied' }
  /** The text still names the old year. */
  | { note: 'year-in-text'; language: string }
  | { note: 'documents-kept' }

export type Clone = { terms: CallTerms; notes: CloneNote[] }

/**
 * Moves the terms of a call to another edition: dates by the guide, priorities that it has, the money emptied. The
 * rest stays as it was.
 */
export function cloned(terms: CallTerms, from: number, to: NewEdition): Clone {
  const notes: CloneNote[] = []
  const actions = terms.actions.flatMap((opened) => inNewEdition(opened, to, notes))
  const deadline = newDeadline(terms, actions, from, to, notes)
  const priorities = terms.priorities.filter((id) => {
    if (!to.priorities.has(id)) notes.push({ note: 'priority-gone', priority: id })
    return to.priorities.has(id)
  })
  if (terms.budget.cents !== null) notes.push({ note: 'budget-emptied' })
  for (const [language, text] of Object.entries(terms.text)) {
    if (yearsOf(text).includes(from)) notes.push({ note: 'year-in-text', language })
  }
  if (terms.documents.length > 0) notes.push({ note: 'documents-kept' })
  const title = Object.entries(terms.title).map(([language, text]) => [
    language,
    inYear(text, from, to.edition)
  ])
  return {
    terms: {
      ...terms,
      title: Object.fromEntries(title) as CallTerms['title'],
      actions,
      deadline,
      opens: newOpening(terms, deadline),
      departure: '',
      budget: { cents: null, splits: [] },
      priorities,
      rules: terms.rules.replace(new RegExp(`(\\beditions:\\s*)${from}\\b`, 'g'), `$1${to.edition}`)
    },
    notes
  }
}

function inNewEdition(opened: OpenedAction, to: NewEdition, notes: CloneNote[]): OpenedAction[] {
  const known = to.actions.get(opened.action)
  const fields = opened.fields.filter((field) => known?.includes(field))
  if (fields.length > 0) return [{ ...opened, fields }]
  notes.push({ note: 'action-gone', action: opened.action })
  return []
}

/** The guide's deadline nearest in the year to the old one; without one, the same day of the year. */
function newDeadline(
  { deadline }: CallTerms,
  actions: readonly OpenedAction[],
  from: number,
  to: NewEdition,
  notes: CloneNote[]
): LocalMoment | null {
  const proposed = proposedDeadlines(actions, to.body, to.times)
  const moved = deadline && movedInto(to.edition, deadline, from)
  const nearest = proposed.toSorted(
    (a, b) => distance(a, moved ?? proposed[0]!) - distance(b, moved ?? proposed[0]!)
  )[0]
  if (nearest) {
    notes.push({ note: 'deadline-of-guide' })
    return nearest
  }
  if (!moved) return null
  notes.push({ note: 'deadline-moved' })
  return { ...moved, hour: to.times.hour ?? moved.hour }
}

/** It opens as many days before the new deadline as it did before the old one, at the same hour. */
function newOpening({ opens, deadline }: CallTerms, to: LocalMoment | null): LocalMoment | null {
  if (!opens || !deadline || !to) return null
  const before = dayOf(opens).until(dayOf(deadline), { largestUnit: 'days' }).days
  return { day: dayOf(to).subtract({ days: before }).toString(), hour: opens.hour }
}

/** The same day in the year of another edition, or in the year after it if it was after its own. */
function movedInto(edition: number, { day, hour }: LocalMoment, from: number): LocalMoment {
  const old = Temporal.PlainDate.from(day)
  const later = Math.min(Math.max(old.year - from, 0), 1)
  return { day: old.with({ year: edition + later }).toString(), hour }
}

function distance(a: LocalMoment, b: LocalMoment): number {
  return Math.abs(dayOf(a).until(dayOf(b), { largestUnit: 'days' }).days)
}

function dayOf({ day }: LocalMoment): Temporal.PlainDate {
  return Temporal.PlainDate.from(day)
}

function inYear(text: string, from: number, to: number): string {
  return text.replace(new RegExp(`(?<!\\d)${from}(?!\\d)`, 'g'), String(to))
}

function yearsOf(text: string): number[] {
  return [...text.matchAll(/(?<!\d)(20\d\d)(?!\d)/g)].map((found) => Number(found[1]))
}
