import type { Words } from '#shared/rules/vocabulary.ts'

/** The declaration of honour as it is agreed to from a day on. An older one is kept: submissions name it. */
export type Declaration = {
  /** 2026-1: what a submission says it agreed to. */
  version: string
  /** The first day, YYYY-MM-DD. */
  since: string
  sentences: readonly Words[]
}
