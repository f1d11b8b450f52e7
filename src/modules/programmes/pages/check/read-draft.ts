import type { InputProblem } from '../../input-problem.ts'
import type { Knowledge } from '../../knowledge.ts'
import { readConsortium, type ConsortiumRequest } from '../../read-consortium.ts'
import { fileFromDraft, isBlank, withoutRows, type Draft } from './draft.ts'

/** Something to correct, with the id of the field it belongs to. */
export type FieldProblem = InputProblem & { field: string }

export type ReadDraft = {
  request?: ConsortiumRequest
  problems: FieldProblem[]
  warnings: FieldProblem[]
  /** In which row of the form each partner stands: blank rows are passed over. */
  rows: number[]
}

/**
 * Reads the form the way files are read: the same limits, the same sentences. Answers to questions of other actions are
 * kept; they only never matter.
 */
export function readDraft(draft: Draft, knowledge: Knowledge, today: string): ReadDraft {
  const rows = draft.partners.flatMap((partner, index) => (isBlank(partner) ? [] : [index]))
  const blank = draft.partners.flatMap((partner, index) => (isBlank(partner) ? [index] : []))
  const value = fileFromDraft(withoutRows(draft, new Set(blank)))
  const edition = Number(draft.edition)
  const { request, problems, warnings } = readConsortium(
    { ...value, callYear: edition },
    knowledge,
    // The action is not told to the reader: an answer kept for another action is no mistake.
    { asked: { edition }, today }
  )
  const placed = (problem: InputProblem): FieldProblem => ({
    ...inRow(problem, rows),
    field: fieldOf(problem, rows)
  })
  const misplaced = actionProblem(draft, knowledge, edition)
  const all = [...(misplaced ? [misplaced] : []), ...problems.map(placed)]
  return {
    ...(request &&
      all.length === 0 && { request: { ...request, ...(draft.action && { action: draft.action }) } }),
    problems: all,
    warnings: warnings.filter(({ key }) => key !== 'input.unknown-answer').map(placed),
    rows
  }
}

function actionProblem(draft: Draft, knowledge: Knowledge, edition: number): FieldProblem | undefined {
  const action = knowledge.actions.find(({ id }) => id === draft.action)
  if (draft.action === '' || action?.editions.includes(edition)) return undefined
  return action
    ? {
        key: 'input.action-not-in-edition',
        args: { edition, editions: yearsOf(action.editions) },
        words: { action: action.names },
        path: 'callYear',
        field: 'edition'
      }
    : {
        key: 'input.unknown-action',
        args: { written: draft.action.slice(0, 60) },
        path: 'action',
        field: 'action'
      }
}

function yearsOf(years: readonly number[]): string {
  const first = years[0]
  const last = years.at(-1)
  return first === last || years.length !== Number(last) - Number(first) + 1
    ? years.join(', ')
    : `${first}–${last}`
}

/** `partners[1].country` of the second filled row → the id of its field in the form. */
function fieldOf({ path, key }: InputProblem, rows: readonly number[]): string {
  const [, number, field] = /^partners\[(\d+)\](?:\.(\w+))?/.exec(path) ?? []
  if (number !== undefined) return `partners.${rows[Number(number)]}.${field ?? 'name'}`
  if (path === 'callYear') return 'edition'
  if (key === 'input.no-coordinator' && rows.length > 0) return `partners.${rows[0]}.role`
  return path === '' ? 'partners' : path
}

function inRow(problem: InputProblem, rows: readonly number[]): InputProblem {
  const path = problem.path.replace(
    /^partners\[(\d+)\]/,
    (_, number: string) => `partners[${rows[Number(number)]}]`
  )
  return { ...problem, path }
}
