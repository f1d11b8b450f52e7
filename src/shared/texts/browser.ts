/** Texts for pages with a live part: only the chosen namespaces, only in the reader's language. */
import { load } from '#generated/texts/load.js'
import type { KeysOf, Language, Namespace, Say } from './language.ts'
import { sayFrom } from './say.ts'

/**
 * Loads some namespaces of a language; meant for the universal load of a page:
 * export const load = async ({ params }) => ({ t: await loadTexts(params.lang, ['site', 'programmes']) })
 */
export async function loadTexts<Names extends Namespace>(
  language: Language,
  namespaces: readonly Names[]
): Promise<Say<KeysOf<Names>>> {
  const modules = await Promise.all(namespaces.map((namespace) => load[language][namespace]()))
  return sayFrom(language, Object.assign({}, ...modules.map((module) => module.default)))
}
