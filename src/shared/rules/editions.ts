/** Editions as a rule file writes them: 2026, `2021-2024`, or a list of both. */
export type Editions = number | string | readonly (number | string)[]

/** Every edition meant, ascending: `2021-2023` → [2021, 2022, 2023]. */
export function editionsOf(editions: Editions): number[] {
  const parts = Array.isArray(editions) ? editions : [editions]
  const years = new Set<number>()
  for (const part of parts) {
    const [first, last = first] = String(part).split('-').map(Number)
    for (let year = first!; year <= last!; year++) years.add(year)
  }
  return [...years].sort((a, b) => a - b)
}

/** Whether the value holds in this edition; a value without editions holds in all. */
export function inEdition(editions: Editions | undefined, edition: number): boolean {
  return editions === undefined || editionsOf(editions).includes(edition)
}
