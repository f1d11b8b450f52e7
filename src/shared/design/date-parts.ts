/** A date as somebody typed it, in three boxes. */
export type DateParts = { day: string; month: string; year: string }

/** The three boxes of a date field in a submitted form. */
export function datePartsFrom(form: FormData, name: string): DateParts {
  const part = (which: keyof DateParts) => String(form.get(`${name}-${which}`) ?? '').trim()
  return { day: part('day'), month: part('month'), year: part('year') }
}

/**
 * The calendar day that was typed.
 * @returns an ISO day (2026-03-05); 'empty' when nothing was typed; 'not-a-date' for 31 February and the like
 */
export function dayFrom({ day, month, year }: DateParts): { day: string } | 'empty' | 'not-a-date' {
  if (!day && !month && !year) return 'empty'
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return 'not-a-date'
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? { day: iso } : 'not-a-date'
}

/** The boxes for a known day, to fill a form that comes back. */
export function datePartsOf(isoDay: string): DateParts {
  const [year = '', month = '', day = ''] = isoDay.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}
