import type { Words } from '#shared/rules/vocabulary.ts'
import type { BodyKind } from './deadline-rules.ts'

/** What calls need to know of the body that publishes them. */
export type CallBody = {
  id: string
  names: Words
  /** Its short name, such as VIAA. */
  short: string
  /** ISO 3166-1 alpha-2; undefined for bodies of the Union. */
  country: string | undefined
  kind: BodyKind
}

/** A body by its id, such as lv-viaa; what is not known of it is told from the id. */
export function bodyOf(id: string): CallBody {
  const [first = '', ...rest] = id.split('-')
  const country = rest.length > 0 && first.length === 2 && first !== 'ec' ? first.toUpperCase() : undefined
  const short = (country ? rest.join('-') : id).toUpperCase()
  const kind = id === 'eacea' ? 'executive-agency' : country ? 'national-agency' : 'other'
  return { id, names: { en: short, lv: short }, short, country, kind }
}
