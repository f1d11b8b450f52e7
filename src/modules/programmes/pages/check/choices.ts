import type { QuestionData } from '../../programme-data.ts'

/** What the form offers, in the reader's language and the edition chosen. */
export type Choices = {
  editions: readonly number[]
  actions: { id: string; name: string }[]
  types: { id: string; name: string }[]
  functions: { id: string; name: string; couldBe: readonly string[] }[]
  /** Names of all countries. */
  countries: readonly string[]
  questions: (QuestionData & { action: string })[]
}
