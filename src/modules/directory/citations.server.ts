import { titled } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Citation, SourceRef } from './source.ts'

/** Sources with the titles and addresses of the documents they name. */
export function citationsOf({ programme }: Programmes, sources: readonly SourceRef[]): Citation[] {
  return sources.map(({ document = '', at, title, url }) => {
    const known = programme.sources.get(document)
    const kind = known?.kind === 'seed' || known?.kind === 'official' ? 'document' : 'page'
    return { document, ...titled(known?.title ?? title ?? url ?? ''), kind, at, url: known?.url ?? url }
  })
}
