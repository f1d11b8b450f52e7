import type { App } from '../../../../app.ts'
import type { FormQuestion } from '#modules/programmes'
import { canonicalJson, type JsonValue } from '#shared/audit/index.ts'
import { rowChange } from '#shared/design/row-change.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import { type Problem, type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type PostedAnswer, saveAnswers } from '../../actions/save-answer.ts'
import { pathOf } from '../../form/filled.ts'
import { type AtSection, questionsAt } from './at-section.server.ts'
import { postedAnswer, rowsIn, shownIn, textOf } from './posted-answer.server.ts'
import { baseName, cellName, rowsName } from './typed-answers.ts'

/** What became of a section that was posted. Whatever could be saved is; `open` are the paths that are not. */
export type KeptSection = {
  refused: Refused | undefined
  open: Set<string>
  conflicts: string[]
  /** What was changed and is kept. */
  saved: Set<string>
}

/** Saves what a form brought: every field that was changed in it, by the version that the form was made of. */
export async function saveSection(
  { app, caller }: { app: App; caller: Caller },
  at: AtSection,
  typed: Typed
): Promise<KeptSection> {
  const problems: Problem[] = []
  const open = new Set<string>()
  const posted: PostedAnswer[] = []
  for (const { question, place } of questionsAt(at)) {
    const path = pathOf(place, question.id)
    if (question.kind === 'file' || typed[baseName(path)] === undefined) continue
    const read = postedAnswer(at.filled, question, path, typed)
    if ('problems' in read) {
      problems.push(...read.problems)
      open.add(path)
    } else if (isChanged(at, path, read, typed)) {
      posted.push({ path, base: Number(textOf(typed, baseName(path))) || 0, ...read })
    }
  }
  const saved = await saveAnswers(app, caller, at.draft.outline.id, posted)
  const no = [...saved].flatMap(([path, outcome]) => (isRefused(outcome) ? [{ path, outcome }] : []))
  for (const { path } of no) open.add(path)
  const kept = new Set([...saved].flatMap(([path, outcome]) => (isRefused(outcome) ? [] : path)))
  const conflicts = no.filter(({ outcome }) => outcome.refused === 'changed').map(({ path }) => path)
  const conflictProblems = conflicts.map((path): Problem => ({
    field: path,
    key: 'applications-editor.problem.changed'
  }))
  const others = no.filter(({ outcome }) => outcome.refused !== 'changed')
  if (others.length > 0 && others[0]!.outcome.problems.length === 0)
    return { refused: others[0]!.outcome, open, conflicts, saved: kept }
  const said = others.flatMap(({ outcome, path }) =>
    outcome.problems.map((problem) => ({ ...problem, field: problem.field === '' ? '' : path }))
  )
  const all = [...problems, ...conflictProblems, ...unique(said)]
  const refusal = all.length > 0 ? refused('invalid', { problems: all }) : undefined
  return { refused: refusal, open, conflicts, saved: kept }
}

/** The form after a button that adds a row to a table or takes one away; undefined when it is to be saved. */
export function withTableRows(at: AtSection, typed: Typed, form: FormData): Typed | undefined {
  for (const { question, place } of questionsAt(at)) {
    if (question.kind !== 'table') continue
    const path = pathOf(place, question.id)
    const change = rowChange(form, path)
    if (!change) continue
    const count = rowsIn(typed, path)
    if (change.kind === 'add')
      return { ...typed, [rowsName(path)]: String(Math.min(count + 1, question.most)) }
    return withoutRow(typed, { path, question, count, index: change.index })
  }
  return undefined
}

function withoutRow(
  typed: Typed,
  {
    path,
    question,
    count,
    index
  }: { path: string; question: FormQuestion & { kind: 'table' }; count: number; index: number }
): Typed {
  const after: Typed = { ...typed, [rowsName(path)]: String(Math.max(count - 1, 0)) }
  for (let row = index; row < count; row++) {
    for (const { id } of question.columns) {
      for (const part of ['', '-day', '-month', '-year']) {
        const next = typed[cellName(path, row + 1, id) + part]
        if (next === undefined || row === count - 1) delete after[cellName(path, row, id) + part]
        else after[cellName(path, row, id) + part] = next
      }
    }
  }
  return after
}

/** A field that was left as it was shown is not saved, so that it cannot get in anybody's way. */
function isChanged(
  { draft }: AtSection,
  path: string,
  read: { text: string } | { value: JsonValue },
  typed: Typed
): boolean {
  const answer = draft.answers.get(path)
  if ('text' in read) {
    const current = String(answer?.version ?? 0) === textOf(typed, baseName(path))
    return !current || read.text !== (answer?.text ?? '')
  }
  return canonicalJson(read.value) !== canonicalJson(shownIn(typed, path))
}

function unique(problems: Problem[]): Problem[] {
  const seen = new Map(problems.map((problem) => [`${problem.field} ${problem.key}`, problem]))
  return [...seen.values()]
}
