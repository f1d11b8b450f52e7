import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/** The texts the page says. */
export type CheckTexts = Say<KeysOf<'site' | 'check' | 'rules' | 'input' | 'actions'>>

/** What every part of the page knows: who reads it. */
export type CheckPage = { t: CheckTexts; language: Language }
