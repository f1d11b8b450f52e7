import type { Language } from '#shared/texts/language.ts'

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
