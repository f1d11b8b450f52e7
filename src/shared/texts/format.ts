import type { Language } from './language.ts'

/** The clock of the programme: its deadlines are hours of Brussels. */
export const programmeZone = 'Europe/Brussels'

const locales: Record<Language, string> = { lv: 'lv-LV', en: 'en-GB' }

/** Formatters cost 50 times what formatting costs, so each is built once. */
function remembered<Value>(build: (language: Language, variant: string) => Value) {
  const built = new Map<string, Value>()
  return (language: Language, variant = '') => {
    const key = `${language} ${variant}`
    let value = built.get(key)
    if (value === undefined) built.set(key, (value = build(language, variant)))
    return value
  }
}

const numbers = remembered(
  (language, digits) =>
    new Intl.NumberFormat(locales[language], {
      // Latvian would leave 4 digits ungrouped, which makes columns ragged.
      useGrouping: 'always',
      ...(digits === ''
        ? {}
        : { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) })
    })
)
const shares = remembered(
  (language) => new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1 })
)
const plurals = remembered((language) => new Intl.PluralRules(locales[language]))
const lists = remembered(
  (language, type) => new Intl.ListFormat(locales[language], { type: type as Intl.ListFormatType })
)
const dates = remembered(
  (language, style) =>
    new Intl.DateTimeFormat(locales[language], {
      dateStyle: style as 'medium' | 'long',
      // A calendar day has no zone; it is read and written in one and the same.
      timeZone: 'UTC'
    })
)
const days = remembered(
  (language, zone) => new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone })
)
const hours = remembered(
  (language, zone) =>
    new Intl.DateTimeFormat(locales[language], {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone
    })
)

/** A number with the grouping and decimal sign of the language: 12 500,5 or 12,500.5. */
export function formatNumber(value: number, language: Language): string {
  return numbers(language).format(value)
}

/** A share between 0 and 1 as per cent: 0.8 → 80 % in Latvian (with a non-breaking space), 80% in English. */
export function formatPercent(share: number, language: Language): string {
  return `${shares(language).format(share * 100)}${language === 'lv' ? '\u00a0' : ''}%`
}

/**
 * Money, given in whole cents: 12 500 EUR in Latvian, EUR 12,500 in English; cents are shown only when there are
 * any. The parts are held together by non-breaking spaces.
 */
export function formatMoney(cents: number | bigint, language: Language, currency = 'EUR'): string {
  const whole = typeof cents === 'bigint' ? cents % 100n === 0n : cents % 100 === 0
  const amount = numbers(language, whole ? '0' : '2').format(Number(cents) / 100)
  return language === 'en' ? `${currency}\u00a0${amount}` : `${amount}\u00a0${currency}`
}

/**
 * How long something took: 0,417 s in Latvian, 0.417 s in English; 12 min 5 s; 3 h 2 min. Signs of units have no
 * plural, and a non-breaking space before them.
 */
export function formatDuration(milliseconds: number, language: Language): string {
  const whole = Math.round(milliseconds)
  const unit = (value: number, sign: string) => `${value}\u00a0${sign}`
  if (whole < minute) return `${numbers(language, '3').format(whole / second)}\u00a0s`
  if (whole < hour) return `${unit(Math.floor(whole / minute), 'min')} ${unit(seconds(whole), 's')}`
  return `${formatNumber(Math.floor(whole / hour), language)}\u00a0h ${unit(minutes(whole), 'min')}`
}

const second = 1000 // not of a guide: milliseconds
const minute = 60 * second
const hour = 60 * minute
const seconds = (milliseconds: number) => Math.floor((milliseconds % minute) / second)
const minutes = (milliseconds: number) => Math.floor((milliseconds % hour) / minute)

/** Names in one sentence: “a, b un c”, or with 'or': “a, b vai c”. */
export function formatList(items: readonly string[], language: Language, kind: 'and' | 'or' = 'and'): string {
  return lists(language, kind === 'and' ? 'conjunction' : 'disjunction').format(items)
}

/**
 * A calendar day in words: 2026. gada 5. marts, 5 March 2026.
 * @param day a Date (its UTC day) or an ISO day (2026-03-05)
 */
export function formatDate(
  day: Date | string,
  language: Language,
  style: 'medium' | 'long' = 'long'
): string {
  return dates(language, style).format(
    typeof day === 'string' ? new Date(`${day.slice(0, 10)}T00:00:00Z`) : day
  )
}

/**
 * A moment on the clock of the programme and, where it differs, on the reader's:
 * “5 March 2026, 12:00 in Brussels (13:00 in Riga)”.
 * @param at a Date or an ISO instant with offset
 * @param readerZone IANA name of the reader's zone; Latvian readers are taken to be in Latvia
 */
export function formatInstant(
  at: Date | string,
  language: Language,
  readerZone: string | undefined = language === 'lv' ? 'Europe/Riga' : undefined
): string {
  const moment = typeof at === 'string' ? new Date(at) : at
  const there = clock(moment, language, programmeZone)
  const said =
    language === 'lv'
      ? `${there.day} plkst. ${there.hour} pēc Briseles laika`
      : `${there.day}, ${there.hour} Brussels time`
  if (!readerZone) return said
  const here = clock(moment, language, readerZone)
  if (here.hour === there.hour && here.day === there.day) return said
  const day = here.day === there.day ? '' : `${here.day} `
  return language === 'lv'
    ? `${said} (${day}${here.hour} ${readerZone === 'Europe/Riga' ? 'Latvijā' : 'pie jums'})`
    : `${said} (${day}${here.hour} your time)`
}

const moments = remembered(
  (language, zone) =>
    new Intl.DateTimeFormat(locales[language], {
      year: 'numeric',
      month: language === 'lv' ? '2-digit' : 'short',
      day: language === 'lv' ? '2-digit' : 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone
    })
)

/**
 * A moment in short, for lists of work: 25.11.2026. 13:03 in Riga; 25 Nov 2026, 12:03 in Brussels.
 * @param at an ISO instant with offset
 * @param zone whose clock is shown: the reader's, unless a heading says which
 */
export function formatMoment(
  at: string,
  language: Language,
  zone: string = language === 'lv' ? 'Europe/Riga' : programmeZone
): string {
  return moments(language, zone)
    .format(new Date(at))
    .replace(/^(\d\d\.\d\d\.\d{4})[ ,]*/, '$1. ')
}

function clock(moment: Date, language: Language, zone: string) {
  return { day: days(language, zone).format(moment), hour: hours(language, zone).format(moment) }
}

/** What compiled messages call to format their placeholders. */
export type Formats = {
  text(value: unknown): string
  number(value: number): string
  percent(value: number): string
  /** Of milliseconds. */
  duration(value: number): string
  date(value: Date | string): string
  longDate(value: Date | string): string
  select(value: unknown, options: Record<string, () => string>): string
  plural(value: number, options: Record<string, () => string>): string
}

/** The formatters of a language as compiled messages want them. */
export const formatsOf = remembered((language): Formats => ({
  text: String,
  number: (value) => formatNumber(value, language),
  percent: (value) => formatPercent(value, language),
  duration: (value) => formatDuration(value, language),
  date: (value) => formatDate(value, language, 'medium'),
  longDate: (value) => formatDate(value, language, 'long'),
  select: (value, options) => (options[String(value)] ?? options.other)!(),
  plural: (value, options) =>
    (options[`=${value}`] ?? options[plurals(language).select(value)] ?? options.other)!()
}))
