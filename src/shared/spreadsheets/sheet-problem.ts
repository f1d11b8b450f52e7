import type { KeysOf, Say } from '../texts/language.ts'

/** The texts of files and spreadsheets: texts/<language>/files.json. */
export type FilesKey = KeysOf<'files'>

/** Why a file could not be read as a spreadsheet at all. Nothing of it was read. */
export type SheetProblem =
  | { problem: 'empty' | 'not-a-spreadsheet' | 'old-excel' | 'open-document' | 'macros' | 'protected' }
  | { problem: 'damaged' | 'encoding' | 'too-slow' | 'busy' }
  /** `limit` in megabytes, packed or unpacked. */
  | { problem: 'too-big' | 'too-big-unpacked'; limit: number }
  | { problem: 'too-many-rows' | 'too-many-columns' | 'too-many-cells'; limit: number }
  /** Which columns were looked for in vain, and the headings that were found in their place. */
  | { problem: 'columns'; missing: string[]; found: string[] }
  | { problem: 'column-twice'; heading: string }

/** Something wrong in one cell; the row is still there, the cell is not. */
export type CellProblem = {
  /** As the spreadsheet program counts rows, from 1. */
  row: number
  /** The heading of the column, as it stands in the file. */
  heading: string
  problem: 'empty' | 'formula-error' | 'not-a-date' | 'not-a-number' | 'too-long'
  /** What stood there, shortened; empty for an empty cell. */
  found: string
}

/** What is wrong with the whole file, and what to do, in a sentence or two. */
export function sheetProblemText(problem: SheetProblem, t: Say<FilesKey>): string {
  switch (problem.problem) {
    case 'columns': {
      const { missing, found } = problem
      const lacking = { count: missing.length, missing: quoted(missing) }
      if (found.length === 0) return t('files.sheet-no-headings', lacking)
      return t('files.sheet-columns', { ...lacking, found: quoted(found.slice(0, 20)) })
    }
    case 'column-twice':
      return t('files.sheet-column-twice', { heading: problem.heading })
    case 'too-big':
    case 'too-big-unpacked':
    case 'too-many-rows':
    case 'too-many-columns':
    case 'too-many-cells':
      return t(`files.sheet-over.${problem.problem}`, { limit: problem.limit })
    default:
      return t(`files.sheet-refused.${problem.problem}`)
  }
}

/** What is wrong with a cell, with its place before it. */
export function cellProblemText(problem: CellProblem, t: Say<FilesKey>): string {
  const { row, heading, found } = problem
  const sentence =
    problem.problem === 'empty' ? t('files.cell-empty') : t(`files.cell.${problem.problem}`, { found })
  return t('files.cell-placed', { row, heading, sentence })
}

function quoted(headings: string[]): string {
  return headings.map((heading) => `“${heading}”`).join(', ')
}
