import type { Budget, Part } from './budget.ts'

/** Ways to look at the same money. */
export const views = ['participant', 'year', 'work-package', 'category'] as const
export type View = (typeof views)[number]

/** A sum of parts; `key` is undefined for parts that name none. Whole cents. */
export type Total = { key: string | undefined; cost: number; grant: number }

/** The totals of one view: each part is counted in exactly one of them. Sorted by key, what names none last. */
export function totalsBy(budget: Budget, view: View): Total[] {
  const totals = new Map<string | undefined, Total>()
  for (const part of budget.parts) {
    const key = keyIn(view, part)
    const total = totals.get(key) ?? { key, cost: 0, grant: 0 }
    total.cost += part.cost
    total.grant += part.grant
    totals.set(key, total)
  }
  return [...totals.values()].sort((a, b) =>
    a.key === undefined ? 1 : b.key === undefined ? -1 : a.key < b.key ? -1 : 1
  )
}

function keyIn(view: View, { line, category }: Part): string | undefined {
  if (view === 'participant') return line.participant
  if (view === 'year') return line.year === undefined ? undefined : String(line.year)
  return view === 'work-package' ? line.workPackage : category
}
