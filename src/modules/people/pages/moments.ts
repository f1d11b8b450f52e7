import type { Temporal } from 'temporal-polyfill'
import { formatDate } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'

/** The day of a moment, in Brussels: exact enough for “last used”. */
export function dayOf(moment: Temporal.Instant, language: Language): string {
  return formatDate(moment.toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString(), language)
}
