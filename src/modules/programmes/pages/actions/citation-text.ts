import type { Language } from '#shared/texts/language.ts'
import type { Citation } from '../../citations.server.ts'
import type { ActionTexts } from './action-page.ts'

/** The name of a source in one short phrase; its whole title stands in the list of sources. */
export function shortName({ document, kind, title }: Citation, t: ActionTexts): string {
  if (kind === 'unverified') return t('actions.source.not-found')
  const guide = /^guide-(\d{4})$/.exec(document)?.[1]
  if (guide) return t('actions.source.guide', { year: guide })
  const seed = /^seed-(\d+)$/.exec(document)?.[1]
  if (seed) return t('actions.source.seed', { number: seed })
  return title.split(/[:;,(]/)[0]!.trim()
}

const latvian: Record<string, string> = {
  'the day': 'diena',
  'the hour': 'stunda',
  'the points': 'punkti',
  'the threshold': 'slieksnis',
  'the range': 'robežas',
  'the ceiling': 'griesti',
  'the model': 'finansējuma veids',
  'the monthly sums': 'mēneša summas',
  'the green sums': 'videi draudzīga ceļa summas'
}

/** The place in a source as the language writes it: p. 236, note 238 → 236. lpp., 238. piezīme. */
export function placeText(at: string, language: Language): string {
  if (language === 'en') return at.replace(/(\d)-(?=\d)/g, '$1–')
  if (latvian[at]) return latvian[at]
  return at
    .replace('per action', 'pa pasākumiem')
    .replace(/\bpp?\. ([\d–\-, ]*\d)/g, (_, pages: string) => `${pages.replace(/-/g, '–')}. lpp.`)
    .replace(/\bnotes? (\d[\d\-, ]*)/g, (_, notes: string) => `${notes}. piezīme`)
}

/** What the component for citations calls a confidence. */
export const confidenceNames = {
  'source-document': 'stated-by-document',
  page: 'stated-by-page',
  unverified: 'unverified'
} as const
