import type { ActionView } from '../../action-view.server.ts'
import type { Citation, Cited } from '../../citations.server.ts'

const order = ['official', 'seed', 'page', 'unverified'] as const

/** Every source a view cites, once: official documents first, then source documents, pages, what is not found. */
export function citedSources(view: ActionView): Citation[] {
  const { codes, managedBy, deadlines, rules, facts, funding, categories, awardCriteria } = view
  const parts = categories.flatMap(({ rates, limits }) => [...rates, ...limits])
  const values: Partial<Cited>[] = [
    codes,
    managedBy,
    deadlines,
    rules,
    facts,
    funding,
    categories,
    awardCriteria,
    parts
  ].flat()
  const all = values.flatMap(({ sources = [], otherReadings = [] }) => [
    ...sources,
    ...otherReadings.flatMap((reading) => reading.sources)
  ])
  const byDocument = new Map(all.map((source) => [source.document, source]))
  return [...byDocument.values()].sort(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      a.document.localeCompare(b.document, 'en', { numeric: true })
  )
}
