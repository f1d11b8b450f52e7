import type { KeysOf, Say } from '#shared/texts/language.ts'

/** The texts that the pages of this module say. */
export type PeopleTexts = Say<KeysOf<'site' | 'people'>>
