import type { Temporal } from 'temporal-polyfill'
import { formatDate, formatNumber } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'

/** 5 March 2026, 11:59:59.123 (+01:00), in Latvian 11:59:59,123: exact to the millisecond, never rounded up. */
export function moment(at: Temporal.Instant, language: Language, zone: 'Europe/Brussels' | 'UTC'): string {
  const local = at.toZonedDateTimeISO(zone)
  const hour = local.toPlainTime().toString({ smallestUnit: 'millisecond', roundingMode: 'trunc' })
  const day = formatDate(local.toPlainDate().toString(), language)
  return `${day}, ${language === 'lv' ? hour.replace('.', ',') : hour} (${zone === 'UTC' ? 'UTC' : local.offset})`
}

/** ± 1.6 ms: by how much a clock may be wrong, never rounded down. @param milliseconds the bound */
export function errorOfClock(milliseconds: number, language: Language): string {
  return `± ${formatNumber(Math.ceil(milliseconds * 10) / 10, language)}\u00a0ms`
}
