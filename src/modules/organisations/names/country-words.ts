import { countryCodes } from '#modules/programmes'

/** The languages in which the names of organisations name countries. */
const languages =
  'bg cs da de el en es et fi fr ga hr hu hy is it ka lt lv mk mt nb nl pl pt ro sk sl sq sr sv tr uk'.split(
    ' '
  )

let built: ReadonlyMap<string, string> | undefined

/**
 * The country that a folded word names in any of the languages, also where another word would follow (Latvijas);
 * undefined for other words. Names of several words are not known.
 */
export function countryNamed(word: string, fold: (name: string) => string): string | undefined {
  built ??= countryWords(fold)
  return built.get(word) ?? (word.endsWith('s') ? built.get(word.slice(0, -1)) : undefined)
}

function countryWords(fold: (name: string) => string): Map<string, string> {
  const codeOf = new Map<string, string>()
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of countryCodes) {
      const name = fold(names.of(code) ?? '')
      if (/^\p{L}{4,}$/u.test(name) && !codeOf.has(name)) codeOf.set(name, code)
    }
  }
  return codeOf
}
