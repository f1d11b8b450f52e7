import { Temporal } from 'temporal-polyfill'
import { programmeZone } from '#shared/texts/format.ts'

/** The moment at which a day (ISO) begins, on the clock of the programme. */
export function beginningOf(day: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(programmeZone).toInstant().toString()
}

/** The moment at which a day (ISO) is over. */
export function endOf(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(programmeZone).toInstant().toString()
}
