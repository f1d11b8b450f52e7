import type { Partner } from '#shared/rules/consortium.ts'
import { findCountry } from './find-country.ts'
import { findFunction, findRole, findType } from './find-kind.ts'
import type { Knowledge } from './knowledge.ts'
import type { Column, PastedLine } from './pasted-lines.ts'
import { longestName } from './read-values.ts'

/** A cell that is nothing known; `told` is what the heading says of its column. */
export type Loose = { text: string; column: number; told: Column | undefined }

/** The cells of a line by what they are. */
export type SortedCells = PastedLine & { partner: Partner; loose: Loose[] }

/** Takes out of a line what is a country, a type, a role or a function by itself or by its heading. */
export function sortCells(
  line: PastedLine,
  columns: (Column | undefined)[] | undefined,
  knowledge: Knowledge
): SortedCells {
  const partner: Partner = { country: null, type: null, role: null }
  const loose: Loose[] = []
  const cells = line.cells.length === 1 && !columns ? dashed(line.cells[0]!, knowledge) : line.cells
  for (const [column, text] of cells.entries()) {
    if (text === '' || text.length > longestName || takeInto(partner, text, columns?.[column], knowledge)) {
      if (text.length > longestName) loose.push({ text, column, told: columns?.[column] })
      continue
    }
    // The number of the row says nothing about the partner.
    if (column === 0 && columns?.[0] !== 'name' && cells.length > 1 && /^\d{1,3}[.)]?$/.test(text)) continue
    loose.push({ text, column, told: columns?.[column] })
  }
  return { ...line, partner, loose }
}

/** Typed without separators: “Rīgas skola – LV – skola”, when one of the parts is known. */
function dashed(text: string, knowledge: Knowledge): string[] {
  const parts = text.split(/\s+[–—-]\s+|\s*\|\s*/).filter((part) => part !== '')
  const known = (part: string) =>
    findCountry(part) ??
    findRole(part) ??
    (part.length <= longestName ? findType(part, knowledge) : undefined)
  return parts.some(known) ? parts : [text]
}

/** Whether the cell told something of the partner that was not told yet. */
function takeInto(partner: Partner, text: string, told: Column | undefined, knowledge: Knowledge): boolean {
  if (told === 'name') return false
  const may = (column: Column) => told === undefined || told === column
  const country = may('country') && partner.country === null ? findCountry(text) : undefined
  if (country !== undefined) {
    partner.country = country
    return true
  }
  const role = may('role') && partner.role === null ? findRole(text) : undefined
  if (role) {
    partner.role = role
    return true
  }
  if (!may('type')) return false
  const type = partner.type === null ? findType(text, knowledge) : undefined
  if (type) {
    partner.type = type.type
    if (type.functions.length > 0) partner.functions = [...(partner.functions ?? []), ...type.functions]
    if (type.europeanNgo) partner.europeanNgo = true
    return true
  }
  const found = findFunction(text, knowledge)
  const kind = knowledge.functions.find(({ id }) => id === found)
  if (!kind) return false
  partner.functions = [...new Set([...(partner.functions ?? []), kind.id])]
  // A sport club can only be a sport organisation.
  if (partner.type === null && kind.couldBe?.length === 1) partner.type = kind.couldBe[0]!
  return true
}

/** Where no heading tells, names stand in the column that has most to say. */
export function nameColumnOf(lines: readonly SortedCells[]): number {
  const lengths = new Map<number, number>()
  for (const { loose } of lines) {
    for (const { text, column, told } of loose.filter(mayBeName))
      lengths.set(column, (lengths.get(column) ?? 0) + (told === 'name' ? Infinity : text.length))
  }
  return [...lengths].reduce((best, one) => (one[1] > best[1] ? one : best), [0, -1])[0]
}

/** Addresses and identifiers are no names. */
export function mayBeName({ text, told }: Loose): boolean {
  return (
    (told ?? 'name') === 'name' && /\p{L}/u.test(text) && !/^(?:https?:|www\.)|@\S+\.|^E1\d{7,}$/i.test(text)
  )
}
