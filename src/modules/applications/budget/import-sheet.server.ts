import type { Problem } from '#shared/forms/refused.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { readSheet } from '#shared/spreadsheets/read-sheet.ts'
import { cellProblemText, sheetProblemText } from '#shared/spreadsheets/sheet-problem.ts'
import type { SheetColumn } from '#shared/spreadsheets/columns.ts'
import { type Language, languages, texts } from '#shared/texts/index.ts'
import { newRow } from '../path.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import { mostLines, plannedCost } from './budget-input.server.ts'
import { anyCosts, plannable, type BudgetLine } from './budget-line.ts'
import { shownName } from './budget-sheet.server.ts'
import { sheetColumns, wordsOf, type SheetField } from './sheet-columns.ts'
import type { TypedLine } from './typed-line.ts'

type Cells = Record<SheetField | 'id', string | undefined>

/**
 * Reads a spreadsheet of a budget back: lines with the ids they had, new ones where there is none. Words of both
 * languages are understood. Formulas are not computed: what stands in a cell is read, as a text or a number. When
 * anything cannot be understood nothing is taken, and each problem is said with its row.
 */
export async function linesOfSheet(
  at: BudgetAtWork,
  bytes: Uint8Array,
  language: Language
): Promise<{ lines: BudgetLine[] } | { problems: string[] }> {
  const t = texts(language)
  const read = await readSheet(bytes, { columns: sheetHeadings(language), limits: { rows: mostLines + 50 } })
  if ('problem' in read) return { problems: [sheetProblemText(read, t)] }
  const { rows, problems: ofCells } = read.sheet
  const problems = ofCells.map((problem) => cellProblemText(problem, t))
  const lines: BudgetLine[] = []
  const taken = new Set<string>()
  for (const { row, cells } of rows) {
    if (!cells.category && !cells.participant && !cells.title) continue
    const { typed, unknown } = typedFrom(at, cells)
    problems.push(...unknown.map(({ key, found }) => t(`applications-budget.problem.${key}`, { row, found })))
    if (unknown.length > 0) continue
    const line = readInput(plannedCost, typed)
    if ('problems' in line) {
      problems.push(...line.problems.map((problem) => placed(problem, row, language)))
      continue
    }
    // A line that was copied within the spreadsheet is another one.
    const known = cells.id !== undefined && /^[a-z0-9]{8}$/.test(cells.id) && !taken.has(cells.id)
    const id = known ? cells.id! : newRow()
    taken.add(id)
    lines.push({ ...line.data, id })
  }
  return problems.length > 0 ? { problems } : { lines }
}

/**
 * The columns by their names in each of our languages, that of the reader first: what is missing is told by it. What is
 * computed is not read.
 */
function sheetHeadings(reader: Language): SheetColumn<SheetField | 'id'>[] {
  const known = [reader, ...languages.filter((language) => language !== reader)]
  type Key = 'sheet.id' | 'column.share' | `column.${SheetField}`
  const heading = (...keys: Key[]): [string, ...string[]] => {
    const [first = '', ...others] = keys.flatMap((key) =>
      known.map((language) => texts(language)(`applications-budget.${key}`))
    )
    return [first, ...others]
  }
  const needed: readonly string[] = ['category', 'participant']
  return [
    ...sheetColumns.map(({ name, kind }): SheetColumn<SheetField | 'id'> => ({
      name,
      kind,
      // A share of a lump sum is no cost, and stands in the same column.
      headings: name === 'cents' ? heading('column.cents', 'column.share') : heading(`column.${name}`),
      may: needed.includes(name) ? 'be-empty' : 'be-missing',
      mostCharacters: 2000 // not of a guide: characters
    })),
    { name: 'id', kind: 'text', headings: heading('sheet.id'), may: 'be-missing' }
  ]
}

type Unknown = {
  key: 'unknown-participant' | 'unknown-category' | 'unknown-work-package' | 'unknown-word'
  found: string
}

/** The cells of a row as fields: names become what they name. */
function typedFrom(at: BudgetAtWork, cells: Cells): { typed: TypedLine; unknown: Unknown[] } {
  const unknown: Unknown[] = []
  const typed: TypedLine = {}
  const take = (name: SheetField, key: Unknown['key'], candidates: readonly string[], called: Called) => {
    const found = cells[name]
    if (found === undefined) return
    const before = at.lines.find(({ id }) => id === cells.id)?.[name]
    // Of two that are called the same, the one that it was.
    const same = candidates.filter((id) => called(id).some((word) => isSame(word, found)) || id === found)
    const value = same.find((id) => id === before) ?? same[0]
    if (value === undefined) unknown.push({ key, found })
    else typed[name] = value
  }
  const named = (what: 'category' | 'participant' | 'workPackage') => (id: string) =>
    languages.map((language) => shownName(at, what, id, language))
  const categories = plannable(at.rules).map(({ id }) => id)
  take('category', 'unknown-category', categories.length > 0 ? categories : [anyCosts], named('category'))
  const participants = at.draft.participants.map(({ id }) => id)
  take('participant', 'unknown-participant', participants, named('participant'))
  const packages = at.draft.workPackages.map(({ id }) => id)
  take('workPackage', 'unknown-work-package', packages, named('workPackage'))
  const words =
    <Name extends keyof typeof wordsOf>(name: Name): Called =>
    (value) =>
      languages.map((language) =>
        (texts(language) as (key: string) => string)(`applications-budget.${name}.${value}`)
      )
  for (const name of ['staff', 'kind', 'travel'] as const) {
    take(name, 'unknown-word', wordsOf[name], words(name))
  }
  for (const { name, kind } of sheetColumns) {
    const found = cells[name]
    if (found === undefined || typed[name] !== undefined) continue
    if (name === 'cents') typed.cents = found.replace('.', ',')
    else if (kind === 'number') typed[name] = found
    else if (!(name in wordsOf) && !['category', 'participant', 'workPackage'].includes(name)) {
      typed[name] = withoutGuard(found)
    }
  }
  return { typed, unknown }
}

type Called = (id: string) => string[]

function isSame(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase() === withoutGuard(other).trim().toLocaleLowerCase()
}

/** A text that a program would compute is written to CSV with an apostrophe before it. */
function withoutGuard(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text
}

function placed({ field, key, args }: Problem, row: number, language: Language): string {
  const t = texts(language) as (key: string, args?: object) => string
  const known = sheetColumns.find(({ name }) => name === field)
  const heading = known ? t(`applications-budget.column.${known.name}`) : field
  return t('applications-budget.problem.cell', { row, heading, why: t(key, args) })
}
