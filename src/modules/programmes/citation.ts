import type { Confidence } from '#shared/rules/check.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { SourceData } from './programme-data.ts'

/** Where a value stands: the document, the place in it, and how far it can be trusted. */
export type Citation = {
  document: string
  title: string
  kind: SourceData['kind']
  at?: string
  url?: string
}

/** What another source says instead of the value in force. */
export type ReadingView = { says: Words; sources: Citation[] }

/** A value's citations of one edition with the confidence they give. */
export type Cited = { sources: Citation[]; confidence: Confidence; otherReadings: ReadingView[] }
