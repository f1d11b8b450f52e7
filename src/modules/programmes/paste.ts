import type { Partner } from '#shared/rules/consortium.ts'
import { findCountry, nearestCountries } from './find-country.ts'
import { nearestRoles, nearestTypes } from './find-kind.ts'
import { choiceOf, shortened, shown, type InputProblem, type Said } from './input-problem.ts'
import type { Knowledge } from './knowledge.ts'
import { mayBeName, nameColumnOf, sortCells, type Loose, type SortedCells } from './pasted-cells.ts'
import { columnsOf, pastedLines } from './pasted-lines.ts'
import { mostPartners } from './read-consortium.ts'
import { countryChoice, kindChoice } from './read-partner.ts'
import { readName } from './read-values.ts'

/** One line as it was written, with the partner found in it. A line without `partner` could not be read. */
export type PastedRow = {
  /** From 1. */
  line: number
  raw: string
  partner?: Partner
  problems: InputProblem[]
  warnings: InputProblem[]
}

/** Nothing is lost: what is not in a partner stands in `raw` of its row, or in `unread`. */
export type Pasted = {
  /** The partners that could be read, in the order of their lines. */
  partners: Partner[]
  rows: PastedRow[]
  /** The text from the first line beyond the limit on. */
  unread: string
  /** Those of all rows and of the whole, in the order of lines. */
  problems: InputProblem[]
  warnings: InputProblem[]
}

/** At most so many characters are read at once, and so many in one line. */
const mostCharacters = 1_000_000 // not of a guide: characters
const longestLine = 2_000
const mostCells = 40
/** Shorter words are near to too many others to be guessed at. */
const shortestMisspelt = 4

/**
 * Partners pasted from a spreadsheet, or typed one a line: name, country, type and role in any order, between tabs,
 * semicolons or commas. Countries, types and roles are known by what they are; what is left is the name.
 */
export function readPasted(text: string, knowledge: Knowledge): Pasted {
  if (text.length > mostCharacters) {
    const size = Math.ceil(text.length / (mostCharacters / 10)) / 10
    return {
      partners: [],
      rows: [],
      unread: text,
      problems: [inLine('input.too-big', undefined, { args: { size, limit: 1 } })],
      warnings: []
    }
  }
  const lines = pastedLines(text)
  const columns = lines[0] && columnsOf(lines[0].cells)
  const filled = columns ? lines.slice(1) : lines
  if (filled.length === 0)
    return {
      partners: [],
      rows: [],
      unread: '',
      problems: [inLine('input.paste-empty', undefined)],
      warnings: []
    }
  const beyond = filled[mostPartners]
  const sorted = filled.slice(0, mostPartners).map((line) => sortCells(line, columns, knowledge))
  const nameColumn = nameColumnOf(sorted)
  const rows = sorted.map((cells) => rowOf(cells, nameColumn, knowledge))
  const whole = giveRoles(rows)
  return {
    partners: rows.flatMap(({ partner }) => partner ?? []),
    rows: rows.map((row, index) => placed(row, rows, index)),
    unread: beyond
      ? filled
          .slice(mostPartners)
          .map(({ raw }) => raw)
          .join('\n')
      : '',
    problems: [
      ...rows.flatMap((row, index) => placed(row, rows, index).problems),
      ...(beyond ? [inLine('input.paste-too-many', beyond.line, { args: { limit: mostPartners } })] : [])
    ],
    warnings: [...whole, ...rows.flatMap((row, index) => placed(row, rows, index).warnings)]
  }
}

type Row = Omit<PastedRow, 'problems' | 'warnings'> & {
  problems: { at: string; problem: InputProblem }[]
  warnings: InputProblem[]
}

function rowOf(
  { line, raw, cells, partner, loose, between }: SortedCells,
  nameColumn: number,
  knowledge: Knowledge
): Row {
  const row: Row = { line, raw, problems: [], warnings: [] }
  if (raw.length > longestLine || cells.length > mostCells) {
    row.problems.push({ at: '', problem: inLine('input.paste-too-long', line) })
    return row
  }
  const named = loose.filter(mayBeName)
  const name = named.find(({ column }) => column === nameColumn) ?? named[0]
  const others = loose.filter((cell) => cell !== name)
  const misspelt = misspeltOf(others, partner, line, knowledge)
  const nothingKnown =
    partner.country === null && partner.type === null && partner.role === null && !partner.functions
  if (nothingKnown && others.length > 0 && misspelt.size === 0) {
    row.problems.push({ at: '', problem: inLine('input.paste-unreadable', line) })
    return row
  }
  row.problems.push(...misspelt.values())
  const unused = others.filter((cell) => !misspelt.has(cell))
  // A comma may belong to the name: “Liepājas tehnikums, Grobiņas filiāle”.
  const parts = between === '' ? [name] : [name, ...unused.filter(mayBeName)]
  for (const cell of unused.filter((one) => !parts.includes(one)))
    row.warnings.push(inLine('input.paste-left-out', line, { args: { written: shortened(cell.text) } }))
  const written = parts
    .flatMap((part) => part ?? [])
    .sort((a, b) => a.column - b.column)
    .map(({ text }) => text)
  row.partner = namedPartner(written.join(between), partner, row)
  return row
}

/** The name, without a country in brackets behind it when the line told none. */
function namedPartner(written: string, partner: Partner, row: Row): Partner {
  const [, before, inside] =
    partner.country === null ? (/^(.*\S)\s*\(([^()]{2,60})\)$/.exec(written) ?? []) : []
  const country = inside === undefined ? undefined : findCountry(inside)
  const name = readName(country === undefined ? written : before, ['name'], {
    problem: (_path, key, said = () => ({})) =>
      row.problems.push({ at: 'name', problem: inLine(key, row.line, said()) }),
    warning: (_path, key, said = () => ({})) => row.warnings.push(inLine(key, row.line, said()))
  })
  return { ...(name !== undefined && { name }), ...partner, ...(country !== undefined && { country }) }
}

type Misspelt = { at: 'country' | 'type' | 'role'; problem: InputProblem }

/** Cells that a heading says to be a country, type or role, or that nearly are one the line does not tell otherwise. */
function misspeltOf(cells: readonly Loose[], partner: Partner, line: number, knowledge: Knowledge) {
  const misspelt = new Map<Loose, Misspelt>()
  for (const cell of cells) {
    const open = (['country', 'type', 'role'] as const).filter(
      (column) =>
        partner[column] === null &&
        (cell.told === undefined ? cell.text.length >= shortestMisspelt : cell.told === column) &&
        ![...misspelt.values()].some(({ at }) => at === column)
    )
    for (const at of open) {
      const problem = misspeltAs(at, cell, line, knowledge)
      if (!problem) continue
      misspelt.set(cell, { at, problem })
      break
    }
  }
  return misspelt
}

function misspeltAs(at: Misspelt['at'], { text, told }: Loose, line: number, knowledge: Knowledge) {
  const args = { written: shortened(text) }
  if (at === 'role')
    return told || nearestRoles(text).length > 0
      ? inLine('input.expects-role', line, { words: { found: shown(text) } })
      : undefined
  const near =
    at === 'country'
      ? nearestCountries(text, knowledge.countries).map(countryChoice)
      : nearestTypes(text, knowledge).map((id) => kindChoice(id, knowledge))
  if (near.length > 0)
    return inLine(at === 'country' ? 'input.unknown-country-nearest' : 'input.unknown-type-nearest', line, {
      args,
      words: { nearest: choiceOf(near) }
    })
  if (!told) return undefined
  return inLine(at === 'country' ? 'input.unknown-country' : 'input.unknown-type', line, { args })
}

/** Who says nothing of a role is a partner, but for the first when nobody says to coordinate. */
function giveRoles(rows: Row[]): InputProblem[] {
  const warnings: InputProblem[] = []
  const read = rows.filter(({ partner }) => partner !== undefined)
  const [first, ...more] = read.filter(({ partner }) => partner!.role === 'coordinator')
  const misspelt = read.some(({ problems }) => problems.some(({ at }) => at === 'role'))
  for (const row of first ? more : []) {
    const problem = inLine('input.paste-second-coordinator', row.line, { args: { first: first!.line } })
    row.problems.push({ at: 'role', problem })
  }
  const taken = first || misspelt ? undefined : read.find(({ partner }) => partner!.role === null)
  if (taken) {
    taken.partner!.role = 'coordinator'
    warnings.push(inLine('input.paste-first-coordinates', taken.line))
  }
  for (const { partner, problems } of read) {
    if (partner!.role === null && !problems.some(({ at }) => at === 'role')) partner!.role = 'partner'
  }
  return warnings
}

/** The row with the paths of its problems, which count partners, not lines. */
function placed(row: Row, rows: readonly Row[], index: number): PastedRow {
  const position = rows.slice(0, index).filter(({ partner }) => partner).length
  const path = (at: string) => (row.partner ? `partners[${position}]${at && `.${at}`}` : '')
  return { ...row, problems: row.problems.map(({ at, problem }) => ({ ...problem, path: path(at) })) }
}

function inLine(
  key: InputProblem['key'],
  line: number | undefined,
  { args = {}, words }: Said = {}
): InputProblem {
  return { key, args, ...(words && { words }), path: '', ...(line !== undefined && { line }) }
}
