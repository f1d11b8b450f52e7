import { countryOfErasmusCode } from '../identifiers/erasmus-code.ts'
import { type CharterField, type CharterHolder, charterFields } from './charter-holder.ts'

/** One edition of the list against what is known of the one before. Every row of the new one is in one place. */
export type CharterComparison = {
  added: ListedHolder[]
  changed: (ListedHolder & { known: CharterHolder; changes: CharterChange[] })[]
  unchanged: ListedHolder[]
  /** Known and no longer listed, by Erasmus code. */
  ended: CharterHolder[]
  /** Rows a person has to look at before they are taken over. */
  doubtful: (ListedHolder & {
    known: CharterHolder | undefined
    changes: CharterChange[]
    doubts: CharterDoubt[]
  })[]
}

type ListedHolder = { row: number; holder: CharterHolder }

export type CharterChange = { field: CharterField; before: string | undefined; after: string | undefined }

/** Why a row is doubtful. */
export type CharterDoubt =
  /** The list has the same identifier in other rows, too. */
  | { doubt: 'same-erasmus-code' | 'same-pic' | 'same-oid'; rows: number[] }
  /** Known under this Erasmus code with another identifier: perhaps another institution. */
  | { doubt: 'other-pic' | 'other-oid'; before: string }
  /** Known with this PIC or OID under another Erasmus code: perhaps renamed. */
  | { doubt: 'other-erasmus-code'; before: string }
  /** The address lies in another country than the one of the Erasmus code. */
  | { doubt: 'other-country'; ofCode: string }

/**
 * Compares the holders that are known with a newer list. The order of either makes no difference.
 *
 * What was looked at once is not asked again: a row that is known with the same identifiers and country raises no
 * doubt, except where the list itself has its code or PIC twice.
 */
export function compareCharterLists(
  known: readonly CharterHolder[],
  next: { rows: readonly ListedHolder[]; absent?: readonly CharterField[] }
): CharterComparison {
  const before = new Map(known.map((holder) => [holder.erasmusCode, holder]))
  const renamed = renamedFrom(known)
  const listed = {
    erasmusCode: rowsBy(next.rows, 'erasmusCode'),
    pic: rowsBy(next.rows, 'pic'),
    oid: rowsBy(next.rows, 'oid')
  }
  const compared = charterFields.filter((field) => !next.absent?.includes(field))
  const comparison: CharterComparison = { added: [], changed: [], unchanged: [], ended: [], doubtful: [] }
  const met = new Set<string>()
  for (const { row, holder } of next.rows.toSorted((one, other) => one.row - other.row)) {
    const same = before.get(holder.erasmusCode)
    const earlier = same ?? renamed(holder)
    const doubts = [...doubtsOfList(row, holder, listed, same), ...doubtsOfHistory(holder, same, earlier)]
    const changes = earlier ? changesBetween(earlier, holder, compared) : []
    if (earlier) met.add(earlier.erasmusCode)
    const entry = { row, holder }
    if (doubts.length > 0) comparison.doubtful.push({ ...entry, known: earlier, changes, doubts })
    else if (!earlier) comparison.added.push(entry)
    else if (changes.length > 0) comparison.changed.push({ ...entry, known: earlier, changes })
    else comparison.unchanged.push(entry)
  }
  comparison.ended = known
    .filter(({ erasmusCode }) => !met.has(erasmusCode))
    .toSorted((one, other) => (one.erasmusCode < other.erasmusCode ? -1 : 1))
  return comparison
}

/** Finds the one known under another code: by PIC, else by OID, the first of several in the order of codes. */
function renamedFrom(known: readonly CharterHolder[]): (holder: CharterHolder) => CharterHolder | undefined {
  const sorted = known.toSorted((one, other) => (one.erasmusCode > other.erasmusCode ? -1 : 1))
  const byPic = new Map(sorted.map((holder) => [holder.pic, holder]))
  const byOid = new Map(sorted.map((holder) => [holder.oid, holder]))
  return ({ pic, oid }) => byPic.get(pic) ?? (oid === undefined ? undefined : byOid.get(oid))
}

type RowsBy = Map<string | undefined, number[]>

function rowsBy(rows: readonly ListedHolder[], field: CharterField): RowsBy {
  const found: RowsBy = new Map()
  for (const { row, holder } of rows) {
    const others = found.get(holder[field])
    if (others) others.push(row)
    else found.set(holder[field], [row])
  }
  return found
}

function doubtsOfList(
  row: number,
  holder: CharterHolder,
  listed: Record<'erasmusCode' | 'pic' | 'oid', RowsBy>,
  same: CharterHolder | undefined
): CharterDoubt[] {
  const others = (field: 'erasmusCode' | 'pic' | 'oid') =>
    holder[field] === undefined
      ? []
      : listed[field]
          .get(holder[field])!
          .filter((each) => each !== row)
          .toSorted((one, other) => one - other)
  const doubts: CharterDoubt[] = []
  const twice = others('erasmusCode')
  if (twice.length > 0) doubts.push({ doubt: 'same-erasmus-code', rows: twice })
  const samePic = others('pic')
  if (samePic.length > 0) doubts.push({ doubt: 'same-pic', rows: samePic })
  const sameOid = others('oid')
  if (sameOid.length > 0 && same?.oid !== holder.oid) doubts.push({ doubt: 'same-oid', rows: sameOid })
  return doubts
}

function doubtsOfHistory(
  holder: CharterHolder,
  same: CharterHolder | undefined,
  earlier: CharterHolder | undefined
): CharterDoubt[] {
  const doubts: CharterDoubt[] = []
  if (same && same.pic !== holder.pic) doubts.push({ doubt: 'other-pic', before: same.pic })
  // An OID that is new where there was none is news, not a doubt.
  if (same?.oid && holder.oid && same.oid !== holder.oid)
    doubts.push({ doubt: 'other-oid', before: same.oid })
  if (!same && earlier) doubts.push({ doubt: 'other-erasmus-code', before: earlier.erasmusCode })
  const ofCode = countryOfErasmusCode(holder.erasmusCode)
  if (ofCode !== undefined && ofCode !== holder.country && same?.country !== holder.country) {
    doubts.push({ doubt: 'other-country', ofCode })
  }
  return doubts
}

function changesBetween(
  before: CharterHolder,
  after: CharterHolder,
  fields: readonly CharterField[]
): CharterChange[] {
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }))
}
