import type { Words } from '#shared/rules/vocabulary.ts'

/** Where a value is written: a document of the programme's list, or the words and address of whoever entered it. */
export type SourceRef = {
  /** An id of programmes/…/sources.yaml. */
  document?: string | undefined
  /** Where in it. */
  at?: string | undefined
  /** In words, where it is no document of the list. */
  title?: string | undefined
  url?: string | undefined
}

/** A source as people read it. */
export type Citation = {
  document: string
  title: string
  /** In both languages, where the title is ours. */
  titles?: Words
  /** stated by a document, or by a page somebody read. */
  kind: 'document' | 'page'
  at?: string | undefined
  url?: string | undefined
}
