import type { Language } from '#shared/texts/language.ts'
import { type Citation, titleOf } from '../../citation.ts'
import type { ActionTexts } from './action-page.ts'

/** The name of a source in one short phrase; its whole title stands in the list of sources. */
export function shortName(citation: Citation, t: ActionTexts, language: Language): string {
  const { document, kind } = citation
  if (kind === 'unverified') return t('actions.source.not-found')
  const guide = /^guide-(\d{4})$/.exec(document)?.[1]
  if (guide) return t('actions.source.guide', { year: guide })
  const seed = /^seed-(\d+)$/.exec(document)?.[1]
  if (seed) return t('actions.source.seed', { number: seed })
  return titleOf(citation, language)
    .split(/[:;,(]/)[0]!
    .trim()
}

/** What the component for citations calls a confidence. */
export const confidenceNames = {
  'source-document': 'stated-by-document',
  page: 'stated-by-page',
  unverified: 'unverified'
} as const
