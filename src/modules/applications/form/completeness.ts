import type { FormQuestion } from '#modules/programmes'
import type { Problem } from '#shared/forms/refused.ts'
import { isRequiredWhereShown, shownQuestions } from './conditions.ts'
import { pathOf, valueOf, type Filled, type Place } from './filled.ts'
import { problemsOf } from './problems.ts'
import { shownSections, type ShownSection } from './shown.ts'

/** Something a section still lacks or has wrong. */
export type Lack = {
  /** The path to answer; of a section with too few or too many rows the path of the list of rows. */
  path: string
  place: Place
  /** Left out when rows are meant. */
  question?: FormQuestion
  problem: Problem
}

/** How far a section is. Counts are of questions shown now, in all rows. */
export type SectionProgress = ShownSection & {
  /** The path of each question counted, and of the list of rows. */
  paths: string[]
  asked: number
  answered: number
  required: number
  /** Of the required ones, those that are answered. */
  requiredAnswered: number
  /** Required and not answered, or too few rows. */
  missing: Lack[]
  /** Answered, but not as the form takes it. */
  wrong: Lack[]
  /** `complete`: nothing is missing and nothing wrong. A section that asks for nothing is complete when empty. */
  state: 'empty' | 'begun' | 'complete'
}

/** How far every section of the form is, in the order of the form. */
export function completeness(filled: Filled): SectionProgress[] {
  return shownSections(filled).map((shown) => progressOf(filled, shown))
}

/**
 * The paths of everything that is asked now, lists of rows included: what an application consists of when it is
 * submitted. What was answered and is not asked any more stays in the draft only.
 */
export function askedPaths(progress: readonly SectionProgress[]): Set<string> {
  return new Set(progress.flatMap(({ paths }) => paths))
}

/** Whether an application could be submitted as far as its form goes (cross-field rules apart). */
export function isComplete(progress: readonly SectionProgress[]): boolean {
  return progress.every(({ state }) => state === 'complete')
}

/**
 * How many sections of the form there are now, and how many of them lack nothing: the one measure of how far a form is.
 * A section that each organisation fills is one, and lacks nothing once no part of it does.
 */
export function sectionsDone(progress: readonly SectionProgress[]): { done: number; count: number } {
  const all = new Set(progress.map(({ section }) => section.id))
  const open = new Set(progress.filter(({ state }) => state !== 'complete').map(({ section }) => section.id))
  return { done: all.size - open.size, count: all.size }
}

/** How far one section is. */
export function progressOf(filled: Filled, shown: ShownSection): SectionProgress {
  const paths = shown.section.repeats ? [shown.path] : []
  const counted = { asked: 0, answered: 0, required: 0, requiredAnswered: 0 }
  const missing: Lack[] = rowsLacking(shown)
  const wrong: Lack[] = rowsTooMany(shown)
  for (const place of shown.places) {
    for (const question of shownQuestions(filled, place)) {
      const path = pathOf(place, question.id)
      const answer = filled.answers.get(path)
      const value = valueOf(answer)
      const required = isRequiredWhereShown(filled, place, question)
      paths.push(path)
      counted.asked++
      if (required) counted.required++
      if (value === undefined) {
        if (required) missing.push({ path, place, question, problem: { field: path, key: 'form.missing' } })
        continue
      }
      counted.answered++
      if (required) counted.requiredAnswered++
      for (const problem of problemsOf(filled, question, value, answer?.length))
        wrong.push({ path, place, question, problem })
    }
  }
  const begun = counted.answered > 0 || shown.places.some(({ row }) => row)
  const state = missing.length + wrong.length === 0 ? 'complete' : begun ? 'begun' : 'empty'
  return { ...shown, ...counted, paths, missing, wrong, state }
}

function rowsLacking({ section, participant, path, places }: ShownSection): Lack[] {
  const least = section.repeats?.least ?? 0
  if (places.length >= least) return []
  const place: Place = { section, ...(participant && { participant }) }
  return [
    { path, place, problem: { field: path, key: 'applications-form.problem.more-rows', args: { least } } }
  ]
}

function rowsTooMany({ section, participant, path, places }: ShownSection): Lack[] {
  const most = section.repeats?.most
  if (most === undefined || places.length <= most) return []
  const place: Place = { section, ...(participant && { participant }) }
  return [
    { path, place, problem: { field: path, key: 'applications-form.problem.fewer-rows', args: { most } } }
  ]
}
