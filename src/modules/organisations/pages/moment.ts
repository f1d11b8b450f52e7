import { formatDate, programmeZone } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Temporal } from 'temporal-polyfill'

/** The day of a moment on the clock of the programme, in words. */
export function dayOf(moment: Temporal.Instant, language: Language): string {
  return formatDate(moment.toZonedDateTimeISO(programmeZone).toPlainDate().toString(), language, 'medium')
}

/** The last day on which something holds that is over at a moment. */
export function lastDayOf(over: Temporal.Instant, language: Language): string {
  return dayOf(over.subtract({ hours: 1 }), language)
}
