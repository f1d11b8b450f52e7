import { fields } from '#modules/programmes'
import { type Level, levels } from '../record/fact.ts'

/** What the list of organisations can be narrowed by; by earlier grants only for officers. */
export const facets = ['country', 'type', 'level', 'charter', 'field', 'topic', 'grants'] as const

export type Facet = (typeof facets)[number]

/** What is looked for: words, and values of facets; several of one facet mean any of them. */
export type SearchQuestion = {
  text: string
  chosen: Readonly<Record<Facet, readonly string[]>>
  /** From 1. */
  page: number
}

export const pageSize = 20

/** The last page that is turned to: nobody reads on, and it would cost the database more and more. */
export const lastPage = 500

/** Reads a question from the address of a page or of the API. What cannot be meant is left out. */
export function readQuestion(search: URLSearchParams): SearchQuestion {
  const many = (facet: Facet, fits: (value: string) => boolean) =>
    [...new Set(search.getAll(facet).flatMap((value) => value.split(',')))].filter(fits).slice(0, 60)
  const page = Number(search.get('page') ?? 1)
  return {
    text: (search.get('q') ?? '').trim().slice(0, 200),
    chosen: {
      country: many('country', (value) => /^[A-Z]{2}$/.test(value)),
      type: many('type', isId),
      level: many('level', (value) => levels.includes(value as Level)),
      charter: many('charter', (value) => value === 'yes' || value === 'ended'),
      field: many('field', (value) => (fields as readonly string[]).includes(value)),
      topic: many('topic', isId),
      grants: many('grants', (value) => value === 'none' || value === 'known')
    },
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1
  }
}

const isId = (value: string) => /^[a-z0-9-]{1,60}$/.test(value)

/** The address that asks a question, without its page unless given. */
export function questionQuery({ text, chosen }: SearchQuestion, page = 1): string {
  const query = new URLSearchParams()
  if (text !== '') query.set('q', text)
  for (const facet of facets) for (const value of chosen[facet]) query.append(facet, value)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '' : `?${query}`
}
