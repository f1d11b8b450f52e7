import type { KeysOf, Say } from '#shared/texts/language.ts'

/** The texts that the pages of this module say. */
export type OperationsTexts = Say<KeysOf<'site' | 'operations'>>
