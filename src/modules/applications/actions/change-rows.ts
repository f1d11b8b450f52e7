import type { Caller, Permission } from '#shared/identity/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { ofTheConsortium } from '../access.ts'
import { answersOf } from '../answers-store.server.ts'
import { newRow } from '../path.ts'
import type { Holding } from '../writing/save.server.ts'
import { saveAnswer } from './save-answer.ts'

export const permission: Permission = ofTheConsortium

const kinds = ['add', 'remove', 'up', 'down', 'back'] as const

export type RowChange = {
  /** The path of the list of rows. */
  list: string
  /** `back` puts a row that was removed into its place again. */
  kind: (typeof kinds)[number]
  /** The row it is about; not for add. */
  row: string
  /** For back. */
  place: number
  /** As many rows as the form takes. */
  most: number
}

/** Tells a change of rows from anything else that a form may say. */
export function isRowChange(kind: string): kind is RowChange['kind'] {
  return (kinds as readonly string[]).includes(kind)
}

/**
 * Adds, removes, moves or brings back a row of a section that repeats. What was written in a row that is removed
 * stays in its versions. Somebody else who changes the list at the same moment is no conflict: it is done to what
 * stands then.
 * @returns the row, and the place that it has or had
 */
export async function changeRows(
  app: Holding,
  caller: Caller,
  application: string,
  change: RowChange
): Promise<{ row: string; place: number } | Refused> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answers = await answersOf(app.database, application)
    const rows = rowsIn(answers.get(change.list)?.value)
    const next = changed(rows, change)
    if (isRefused(next)) return next
    const saved = await saveAnswer(app, caller, application, change.list, {
      base: answers.get(change.list)?.version ?? 0,
      value: next.rows
    })
    if (!isRefused(saved)) return { row: next.row, place: next.place }
    if (saved.refused !== 'changed') return saved
  }
  return refused('changed')
}

const attempts = 5

function rowsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((row): row is string => typeof row === 'string') : []
}

function changed(
  rows: readonly string[],
  { kind, row, place, most }: RowChange
): { rows: string[]; row: string; place: number } | Refused {
  const at = rows.indexOf(row)
  if (kind === 'add' || kind === 'back') {
    if (rows.length >= most) return notNow('applications-editor.problem.rows-full', { most })
    if (kind === 'back' && (at !== -1 || !/^[a-z0-9]{8}$/.test(row))) return refused('not-found')
    const id = kind === 'add' ? newRow() : row
    const where = kind === 'add' ? rows.length : Math.min(Math.max(place, 0), rows.length)
    return { rows: rows.toSpliced(where, 0, id), row: id, place: where }
  }
  if (at === -1) return refused('not-found')
  if (kind === 'remove') return { rows: rows.toSpliced(at, 1), row, place: at }
  const to = Math.min(Math.max(at + (kind === 'up' ? -1 : 1), 0), rows.length - 1)
  return { rows: rows.toSpliced(at, 1).toSpliced(to, 0, row), row, place: to }
}
