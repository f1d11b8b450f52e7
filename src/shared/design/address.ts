import { type Language, isLanguage } from '#shared/texts/language.ts'

/** Where a page is: path and query. */
export type Address = { readonly pathname: string; readonly search: string }

/**
 * The address of the same page in another language, with its query.
 * Names of form actions (?/save) are left out: they are no place to come back to.
 * @returns path and query, such as /lv/actions?edition=2026
 */
export function inLanguage(url: Address, language: Language): string {
  const [first, ...rest] = url.pathname.split('/').slice(1)
  const path = isLanguage(first) ? ['', language, ...rest].join('/') : `/${language}`
  const query = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('/'))
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}
