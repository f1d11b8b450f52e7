/** Years in words: 2015–2020, 2022–2026. */
export function yearRanges(years: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const year of years.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.to === year - 1) last.to = year
    else ranges.push({ from: year, to: year })
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}
