import type { Citation, ReadingView } from '../../citations.server.ts'

/** Where each rule of the opened action stands, by its id. */
export type CitedRules = Record<string, { sources: Citation[]; otherReadings: ReadingView[] }>
