import type { CharterHolder } from './charter-holder.ts'
import { type CharterComparison, compareCharterLists } from './compare-charter-lists.ts'
import type { CharterList } from './read-charter-list.server.ts'

/** What an import would do, or did. */
export type ImportPlan = CharterComparison & {
  broken: CharterList['broken']
  /** Holders that are missing and stay all the same, and why. */
  kept: { holders: CharterHolder[]; because: 'broken-rows' | 'too-many' } | undefined
  /** The rows that are taken over: all but broken ones and doubtful ones that nobody accepted. */
  taken: TakenRow[]
}

/** A row that is taken over. `known`: what the list said of the same holder before. */
export type TakenRow = {
  row: number
  holder: CharterHolder
  known: CharterHolder | undefined
  news: 'added' | 'changed' | 'same'
}

/** What the operator decides beside the list. */
export type ImportChoices = {
  /** Doubtful rows that somebody looked at. */
  accept: ReadonlySet<number> | 'all'
  /** Whether holders end even where a suspicious share of them is missing. */
  manyEnd: boolean
}

/** A list that lacks more than this share of the holders is perhaps not whole. */
const suspiciousShare = 0.1

/**
 * Decides what is done with an edition of the list. A row that could not be read may be any holder's: as long as
 * there is one, nobody is taken for ended. A list that lacks a tenth of the holders is taken for a part of one.
 */
export function planImport(
  known: readonly CharterHolder[],
  list: CharterList,
  choices: ImportChoices
): ImportPlan {
  const comparison = compareCharterLists(known, list)
  const { added, changed, unchanged, ended, doubtful } = comparison
  const knownBy = new Map(known.map((holder) => [holder.erasmusCode, holder]))
  const accepted = doubtful.filter(
    ({ row, doubts }) =>
      (choices.accept === 'all' || choices.accept.has(row)) &&
      // Two rows with one code cannot both be that holder; only one that is named is taken.
      (choices.accept !== 'all' || !doubts.some(({ doubt }) => doubt === 'same-erasmus-code'))
  )
  const kept =
    ended.length === 0
      ? undefined
      : list.broken.length > 0
        ? ('broken-rows' as const)
        : ended.length > suspiciousShare * known.length && !choices.manyEnd
          ? ('too-many' as const)
          : undefined
  return {
    ...comparison,
    broken: list.broken,
    doubtful: doubtful.filter((row) => !accepted.includes(row)),
    ended: kept ? [] : ended,
    kept: kept && { holders: ended, because: kept },
    taken: [
      ...added.map((one): TakenRow => ({ ...one, known: undefined, news: 'added' })),
      ...changed.map((one) => takenRow(one, one.known, 'changed')),
      ...unchanged.map((one) => takenRow(one, knownBy.get(one.holder.erasmusCode), 'same')),
      ...accepted.map((one) => takenRow(one, one.known, one.changes.length > 0 ? 'changed' : 'same'))
    ]
  }

  /** What a copy of the list has no column for stays as it was. */
  function takenRow(
    { row, holder }: { row: number; holder: CharterHolder },
    before: CharterHolder | undefined,
    news: TakenRow['news']
  ): TakenRow {
    if (!before) return { row, holder, known: undefined, news: 'added' }
    const absent = Object.fromEntries(list.absent.map((field) => [field, before[field]]))
    return { row, holder: { ...holder, ...absent }, known: before, news }
  }
}
