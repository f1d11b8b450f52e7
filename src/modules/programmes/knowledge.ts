import type { Words } from '#shared/rules/vocabulary.ts'

/** A type or function of organisations as people may write it: id, name in either language, or programme code. */
export type KnownKind = { id: string; names: Words; codes?: string[]; couldBe?: string[] }

/** What may be answered to a question; `editions` where it was offered in some only. */
export type KnownOption = { value: string | number; names: Words; editions?: number[] }

/** A question of an action's rules. Left out, `editions` means all of the action. */
export type KnownQuestion = {
  key: string
  answer: 'one' | 'many' | 'number' | 'yes-no'
  options?: KnownOption[]
  editions?: number[]
}

export type KnownAction = {
  id: string
  names: Words
  editions: number[]
  fields: string[]
  questions: KnownQuestion[]
}

/**
 * What a reader of consortium files knows of a programme: names only, no rules. Small enough to travel to a browser.
 */
export type Knowledge = {
  types: KnownKind[]
  functions: KnownKind[]
  actions: KnownAction[]
  /** Countries of the programme, offered before others when a country is misspelt. */
  countries?: string[]
}
