/** Editions as a rule file writes them: 2026, `2021-2024`, or a list of both. */
export type Editions = number | string | readonly (number | string)[]

/** Every edition meant, ascending: `2021-2023` → [2021, 2022, 2023]. */
export function editionsOf(editions: Editions): number[] {
  const years = new Set<number>()
  for (const [first, last] of spansOf(editions)) {
    for (let year = first; year <= last; year++) years.add(year)
  }
  return [...years].sort((a, b) => a - b)
}

/** Whether the value holds in this edition; a value without editions holds in all. */
export function inEdition(editions: Editions | undefined, edition: number): boolean {
  if (editions === undefined || typeof editions === 'number') return (editions ?? edition) === edition
  return spansOf(editions).some(([first, last]) => first <= edition && edition <= last)
}

function spansOf(editions: Editions): [first: number, last: number][] {
  return [editions].flat().map((part) => {
    const [first, last = first] = String(part).split('-').map(Number)
    return [first!, last!]
  })
}
