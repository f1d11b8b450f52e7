import type { PlaceData } from '#modules/programmes'
import type { Finding } from './budget.ts'
import type { BudgetLine } from './budget-line.ts'
import { kilometresBetween } from './places.ts'

/** Kilometres written by hand that differ from those between the two places, or have none, want a reason. */
export function distanceFindings(places: readonly PlaceData[], lines: readonly BudgetLine[]): Finding[] {
  return lines.flatMap(({ id, km, from, to, kmReason }): Finding[] => {
    if (km === undefined || kmReason) return []
    const between = kilometresBetween(places, from, to)
    if (between === km) return []
    return [
      between === undefined
        ? { kind: 'km-unexplained', weight: 'advises', line: id, values: { km } }
        : { kind: 'km-differs', weight: 'advises', line: id, values: { km, between } }
    ]
  })
}
