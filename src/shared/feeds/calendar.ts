import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import type { Temporal } from 'temporal-polyfill'

/** A moment in a calendar, such as a deadline. */
export type CalendarEntry = {
  /** Stays the same for ever: a calendar knows by it what it has already. */
  uid: string
  /** Counts up with each change that people should see; a calendar takes over what has a higher one. */
  sequence: number
  at: Temporal.Instant
  changedAt: Temporal.Instant
  title: string
  text: string
  /** The page about it. */
  page: string
}

export type Calendar = {
  name: string
  language: string
  /** Where it can be fetched again. */
  address: string
  entries: readonly CalendarEntry[]
}

/** How often a calendar program should look again, in seconds. */
const every = 3600

/**
 * Writes moments as iCalendar (RFC 5545, with the names and refreshing of RFC 7986). Times are universal, so that
 * each calendar shows them by its owner's clock and no rule of a zone has to travel.
 */
export function writeCalendar({ name, language, address, entries }: Calendar): string {
  const calendar = ical({
    // The library does not escape names.
    name: name.replace(/[\r\n;,\\]+/g, ' '),
    prodId: { company: 'Kopa', product: 'Calls', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: every,
    url: address,
    source: address
  })
  for (const { uid, sequence, at, changedAt, title, text, page } of entries) {
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: new Date(changedAt.epochMilliseconds),
      // A moment has no end: DTEND would have to be later (RFC 5545, 3.6.1).
      start: new Date(at.epochMilliseconds),
      summary: title,
      description: text,
      url: page,
      // A deadline keeps nobody busy.
      transparency: ICalEventTransparency.TRANSPARENT
    })
  }
  return `${calendar.toString()}\r\n`
}
