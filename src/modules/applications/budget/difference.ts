import type { BudgetLine } from './budget-line.ts'

/** What would become of a budget: lines that come, change or go, and those one may not write. */
export type Difference = {
  added: BudgetLine[]
  changed: { before: BudgetLine; after: BudgetLine }[]
  removed: BudgetLine[]
  /** Of other participants: they would come, change or go, but stay as they are. */
  leftAlone: BudgetLine[]
  unchanged: number
}

/**
 * Compares the lines there are with those a spreadsheet holds, by their ids. A partner changes its own lines only:
 * what the spreadsheet says of others is left alone.
 */
export function differenceBetween(
  before: readonly BudgetLine[],
  after: readonly BudgetLine[],
  mayWrite: (participant: string) => boolean
): Difference {
  const difference: Difference = { added: [], changed: [], removed: [], leftAlone: [], unchanged: 0 }
  const old = new Map(before.map((line) => [line.id, line]))
  const there = new Set(after.map(({ id }) => id))
  for (const line of after) {
    const was = old.get(line.id)
    if (was && sameLine(was, line)) difference.unchanged++
    else if (!mayWrite(line.participant) || (was && !mayWrite(was.participant))) {
      difference.leftAlone.push(was ?? line)
    } else if (was) difference.changed.push({ before: was, after: line })
    else difference.added.push(line)
  }
  for (const line of before) {
    if (there.has(line.id)) continue
    if (mayWrite(line.participant)) difference.removed.push(line)
    else difference.leftAlone.push(line)
  }
  return difference
}

/** Whether two lines say the same; what is empty and what is left out are one. */
export function sameLine(one: BudgetLine, other: BudgetLine): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof BudgetLine>
  return [...keys].every((key) => (one[key] ?? '') === (other[key] ?? ''))
}
