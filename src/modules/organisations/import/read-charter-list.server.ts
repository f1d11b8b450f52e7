import type { SheetColumn } from '#shared/spreadsheets/columns.ts'
import { readSheet } from '#shared/spreadsheets/read-sheet.ts'
import type { CellProblem, SheetProblem } from '#shared/spreadsheets/sheet-problem.ts'
import { readCountry } from '../identifiers/country.ts'
import { readDomain } from '../identifiers/domain.ts'
import { readErasmusCode } from '../identifiers/erasmus-code.ts'
import type { IdentifierProblem, ReadIdentifier } from '../identifiers/identifier.ts'
import { readOid } from '../identifiers/oid.ts'
import { readPic } from '../identifiers/pic.ts'
import { type CharterField, type CharterHolder, charterFields } from './charter-holder.ts'

/** The official list as it was read. Every filled row is in `rows` or in `broken`. */
export type CharterList = {
  rows: CharterRow[]
  broken: BrokenRow[]
  /** Fields the file has no column for; nothing follows from their absence. */
  absent: CharterField[]
}

/** A row as the spreadsheet program counts them, from 1. `notes`: what was left out of it, and why. */
export type CharterRow = { row: number; holder: CharterHolder; notes: RowProblem[] }

/** A row that cannot be taken over, with everything that is wrong in it. */
export type BrokenRow = { row: number; problems: RowProblem[] }

export type RowProblem =
  | CellProblem
  | { row: number; heading: string; problem: IdentifierProblem['problem'] | 'ends-before'; found: string }

const columns: readonly SheetColumn<CharterField>[] = [
  { name: 'proposal', headings: ['Proposal number'], kind: 'text', may: 'be-missing', mostCharacters: 40 },
  {
    name: 'erasmusCode',
    headings: ['Erasmus Code', 'Erasmus institutional code'],
    kind: 'text',
    may: 'be-neither'
  },
  { name: 'pic', headings: ['PIC'], kind: 'text', may: 'be-neither' },
  { name: 'oid', headings: ['OID', 'Organisation ID'], kind: 'text', may: 'be-empty' },
  { name: 'legalName', headings: ['Legal Name', 'Organisation Legal Name'], kind: 'text', may: 'be-neither' },
  { name: 'street', headings: ['Street'], kind: 'text', may: 'be-missing' },
  { name: 'postcode', headings: ['Post Cd', 'Postal code', 'Post code'], kind: 'text', may: 'be-missing' },
  { name: 'city', headings: ['City'], kind: 'text', may: 'be-neither' },
  { name: 'country', headings: ['Country Cd', 'Country code'], kind: 'text', may: 'be-neither' },
  { name: 'website', headings: ['Website Url', 'Website'], kind: 'text', may: 'be-empty' },
  { name: 'from', headings: ['Erasmus Eche Start', 'ECHE start'], kind: 'date', may: 'be-neither' },
  { name: 'until', headings: ['Erasmus Eche End', 'ECHE end'], kind: 'date', may: 'be-neither' }
]

const heading = (field: CharterField) => columns.find(({ name }) => name === field)!.headings[0]

/** Headings as the official list writes them, for whoever writes such a list. */
export const charterHeadings = Object.fromEntries(
  charterFields.map((field) => [field, heading(field)])
) as Record<CharterField, string>

/**
 * Reads the European Commission's list of charter holders, XLSX or CSV, of any edition since 2022.
 * @returns the list, each row either whole or broken with its reasons; or why the file is no such list
 */
export async function readCharterList(bytes: Uint8Array): Promise<{ list: CharterList } | SheetProblem> {
  const read = await readSheet(bytes, { columns })
  if ('problem' in read) return read
  const { rows, problems, headings } = read.sheet
  const list: CharterList = {
    rows: [],
    broken: [],
    absent: charterFields.filter((field) => !headings.some(({ name }) => name === field))
  }
  const problemsOf = Map.groupBy(problems, ({ row }) => row)
  for (const { row, cells } of rows) {
    const result = readHolder(row, cells, problemsOf.get(row) ?? [])
    if ('holder' in result) list.rows.push(result)
    else list.broken.push(result)
  }
  return { list }
}

type Cells = Record<CharterField, string | undefined>

function readHolder(row: number, cells: Cells, found: readonly CellProblem[]): CharterRow | BrokenRow {
  const problems: RowProblem[] = [...found]
  const notes: RowProblem[] = []
  const identifier = (field: CharterField, read: (written: string) => ReadIdentifier, into = problems) => {
    const written = cells[field]
    if (written === undefined) return undefined
    const result = read(written)
    if ('value' in result) return result.value
    into.push({ row, heading: heading(field), problem: result.problem, found: written })
    return undefined
  }
  const erasmusCode = identifier('erasmusCode', readErasmusCode)
  const pic = identifier('pic', readPic)
  const oid = identifier('oid', readOid)
  const country = identifier('country', readCountry)
  // Some institutions gave an e-mail address, or two blanks within: not worth losing the institution over.
  const website = identifier('website', readWebsite, notes)
  const { from, until } = cells
  if (from && until && until < from) {
    problems.push({ row, heading: heading('until'), problem: 'ends-before', found: until })
  }
  if (problems.length > 0) return { row, problems }
  const { proposal, legalName, street, postcode, city } = cells
  return {
    row,
    notes,
    // Whatever is required is there: an empty cell is a problem of the sheet.
    holder: {
      ...{ erasmusCode: erasmusCode!, pic: pic!, oid, proposal, legalName: legalName!, street, postcode },
      ...{ city: city!, country: country!, website, from: from!, until: until! }
    }
  }
}

/** A web address of the list, as it is written there, if it is one. */
function readWebsite(written: string): ReadIdentifier {
  if (/^(?:https?:\/+)?[^/]*@/i.test(written)) return { problem: 'domain-form' }
  const domain = readDomain(written)
  return 'value' in domain ? { value: written } : domain
}
