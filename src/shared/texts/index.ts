/**
 * All texts in all languages, at once: for the server and the command line. Components that also run in a browser
 * take what they need from language.ts, format.ts and browser.ts, so that no catalogue travels in vain.
 */
import { all } from '#generated/texts/all.js'
import type { Language, Say } from './language.ts'
import { sayFrom } from './say.ts'

export * from './format.ts'
export * from './language.ts'

const said = new Map<Language, Say>()

/**
 * The texts of a language: const t = texts('lv'); t('site.name').
 * @returns a function of key and arguments, both checked by the compiler
 */
export function texts(language: Language): Say {
  let say = said.get(language)
  if (!say) said.set(language, (say = sayFrom(language, all[language])))
  return say
}
