import type { Confidence } from '#shared/rules/check.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { SourceData } from './programme-data.ts'

/** Where a value stands: the document, the place in it, and how far it can be trusted. */
export type Citation = {
  document: string
  /** The title that the document has; in English, where `titles` has it in both languages. */
  title: string
  titles?: Words
  kind: SourceData['kind']
  at?: string
  url?: string
}

/** What a reader of this language calls the document. */
export function titleOf(
  { title, titles }: Pick<Citation, 'title' | 'titles'>,
  language: keyof Words
): string {
  return titles?.[language] ?? title
}

/** A title as one citation says it: a document's own, or ours in both languages. */
export function titled(title: SourceData['title']): Pick<Citation, 'title' | 'titles'> {
  return typeof title === 'string' ? { title } : { title: title.en, titles: title }
}

/** What another source says instead of the value in force. */
export type ReadingView = { says: Words; sources: Citation[] }

/** A value's citations of one edition with the confidence they give. */
export type Cited = { sources: Citation[]; confidence: Confidence; otherReadings: ReadingView[] }
