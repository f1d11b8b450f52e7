import { countryName, placeText, titleOf } from '#modules/programmes'
import { formatList } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { Mandate } from '../mandate.ts'
import type { Citation } from '../source.ts'

export type DirectoryTexts = Say<KeysOf<'site' | 'directory' | 'rules' | 'form'>>

/** Where the page of a body stands. */
export function bodyAddress(language: Language, body: string): string {
  return `/${language}/directory/${body}`
}

/** For whom a mandate is: “school education, youth; Latvia”. */
export function scopeText(
  { fields, countries, actions }: Pick<Mandate, 'fields' | 'countries' | 'actions'>,
  t: DirectoryTexts,
  language: Language,
  nameOf: (action: string) => string
): string {
  const said = [
    fields
      ? formatList(
          fields.map((field) => t(`rules.field.${field}`)),
          language
        )
      : t('directory.scope.every-field'),
    countries
      ? formatList(
          countries.map((code) => countryName(code, language)),
          language
        )
      : t('directory.scope.every-country')
  ]
  if (actions) said.push(t('directory.scope.actions', { actions: formatList(actions.map(nameOf), language) }))
  return said.join('; ')
}

/** Since when and until when a mandate holds. */
export function daysText(
  { from, until }: { from: string | null; until: string | null },
  t: DirectoryTexts
): string {
  if (from && until) return t('directory.scope.from-until', { from, until })
  if (from) return t('directory.scope.from', { from })
  if (until) return t('directory.scope.until', { until })
  return t('directory.scope.no-days')
}

/** The name of a source in one short phrase. */
export function sourceName(citation: Citation, t: DirectoryTexts, language: Language): string {
  const { document } = citation
  const guide = /^guide-(\d{4})$/.exec(document)?.[1]
  if (guide) return t('directory.source.guide', { year: guide })
  const seed = /^seed-(\d+)$/.exec(document)?.[1]
  if (seed) return t('directory.source.seed', { number: seed })
  return titleOf(citation, language)
    .split(/[:;,(]/)[0]!
    .trim()
}

/** The place in a source, such as p. 19, as the language writes it. */
export function sourcePlace({ at }: Citation, language: Language): string | undefined {
  return at && placeText(at, language)
}

/** An address without its scheme and a slash at its end: short enough to read. */
export function shownAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
}
