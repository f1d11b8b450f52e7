import { countryNamed } from './country-words.ts'
import { classOf, isLegalForm } from './word-classes.ts'

/** Letters that no mark can be taken off. */
const letters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŋ: 'ng', ə: 'e' },
  // Greek, as it is read today.
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n'
  },
  ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  // Cyrillic, all languages that write it together: enough to find, not to quote.
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    к: 'k',
    л: 'l'
  },
  ...{
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh'
  },
  ...{
    щ: 'sht',
    ъ: 'a',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    є: 'ye',
    ђ: 'dj',
    ј: 'j',
    љ: 'lj',
    њ: 'nj'
  },
  ...{ ћ: 'c', џ: 'dz', ѓ: 'g', ќ: 'k', ѕ: 'dz', ў: 'u' },
  // Georgian and Armenian.
  ...{
    ა: 'a',
    ბ: 'b',
    გ: 'g',
    დ: 'd',
    ე: 'e',
    ვ: 'v',
    ზ: 'z',
    თ: 't',
    ი: 'i',
    კ: 'k',
    ლ: 'l',
    მ: 'm',
    ნ: 'n'
  },
  ...{ ო: 'o', პ: 'p', ჟ: 'zh', რ: 'r', ს: 's', ტ: 't', უ: 'u', ფ: 'p', ქ: 'k', ღ: 'gh', ყ: 'q', შ: 'sh' },
  ...{ ჩ: 'ch', ც: 'ts', ძ: 'dz', წ: 'ts', ჭ: 'ch', ხ: 'kh', ჯ: 'j', ჰ: 'h' },
  ...{
    ա: 'a',
    բ: 'b',
    գ: 'g',
    դ: 'd',
    ե: 'e',
    զ: 'z',
    է: 'e',
    ը: 'y',
    թ: 't',
    ժ: 'zh',
    ի: 'i',
    լ: 'l',
    խ: 'kh'
  },
  ...{ ծ: 'ts', կ: 'k', հ: 'h', ձ: 'dz', ղ: 'gh', ճ: 'ch', մ: 'm', յ: 'y', ն: 'n', շ: 'sh', ո: 'o', չ: 'ch' },
  ...{
    պ: 'p',
    ջ: 'j',
    ռ: 'r',
    ս: 's',
    վ: 'v',
    տ: 't',
    ր: 'r',
    ց: 'ts',
    ւ: 'v',
    փ: 'p',
    ք: 'k',
    օ: 'o',
    ֆ: 'f'
  }
}

/** The longest name that is looked at, in characters. */
export const longestName = 300

/**
 * A name as it is compared: Latin small letters and digits, words apart by one space. Marks, case and punctuation
 * are gone, other alphabets are written in Latin letters, what cannot be (Arabic, Chinese) stays.
 */
export function foldName(name: string): string {
  return (
    name
      .slice(0, longestName)
      .normalize('NFKC')
      .toLowerCase()
      // Before the marks go: й and ї are letters of their own.
      .replace(/й/g, 'y')
      .replace(/ї/g, 'yi')
      .replace(/ё/g, 'yo')
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^\p{ASCII}]/gu, (letter) => letters[letter] ?? letter)
      // S.A.R.L. and l'école: dots inside belong to nothing, an apostrophe parts two words.
      .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  )
}

/** The words of a folded name. */
export function wordsOf(folded: string): string[] {
  return [...new Set(folded.split(' ').filter((word) => word !== ''))]
}

/**
 * What a name is found by: its words, what kind of word they are in any language or which country they name
 * (`=university`, `=lv`), their first letters (`@rtu`), and the country it is in (`+lv`).
 */
export function indexedWords(folded: string, country: string): string[] {
  const words = wordsOf(folded)
  const initials = initialsOf(words)
  const kinds = words.flatMap((word) => [classOf(word) ?? [], countryNamed(word, foldName) ?? []].flat())
  return [
    ...new Set([
      ...words,
      ...kinds.map((kind) => `=${kind.toLowerCase()}`),
      ...(initials ? [`@${initials}`] : []),
      `+${country.toLowerCase()}`
    ])
  ]
}

/** The first letters of the words of a name, as people shorten it; undefined where that shortens nothing. */
export function initialsOf(words: readonly string[]): string | undefined {
  const telling = words.filter((word) => /^\p{L}/u.test(word) && !isLegalForm(word))
  return telling.length < 2 || telling.length > 6 ? undefined : telling.map((word) => word[0]).join('')
}
