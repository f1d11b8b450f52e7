/** How much somebody may save. Far above what hands can do, also in several windows, and low enough for a loop. */
const perSecond = 40 // not of a guide: saves
const atOnce = 400 // not of a guide: saves, a whole form by a machine
const unitsOfOne = 20_000 // not of a guide: UTF-16 units; longer texts count as several saves
const mostRemembered = 50_000 // not of a guide: people

type Budget = { left: number; at: number }

const budgets = new Map<string, Budget>()

/**
 * Counts a save of somebody, in this process.
 * @param units how long what they save is
 * @param now milliseconds
 * @returns the seconds to wait; undefined when it is not too often
 */
export function tooOften(person: string, units: number, now: number): number | undefined {
  const cost = 1 + Math.floor(units / unitsOfOne)
  const before = budgets.get(person)
  const earned = before ? Math.max(0, now - before.at) * (perSecond / 1000) : atOnce
  const left = Math.min(atOnce, (before?.left ?? 0) + earned)
  if (left < cost) {
    budgets.set(person, { left, at: now })
    return Math.ceil((cost - left) / perSecond)
  }
  if (!before && budgets.size >= mostRemembered) budgets.clear()
  budgets.set(person, { left: left - cost, at: now })
  return undefined
}
