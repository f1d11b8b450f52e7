import type { KeysOf, Say } from '#shared/texts/language.ts'

/** The texts that the script of the page says. */
export type LiveTexts = Say<KeysOf<'applications-editor'>>
