import { type Language, defaultLanguage, isLanguage } from './language.ts'

/**
 * The language a browser asks for.
 * @param header Accept-Language, such as “en-GB, lv;q=0.8”; the wish with the highest q that Kopā speaks wins
 */
export function preferredLanguage(header: string | null): Language {
  const wishes = (header ?? '').split(',').map((part, index) => {
    const [tag = '', ...rest] = part.trim().split(';')
    const q = rest.map((piece) => /^\s*q=([0-9.]+)\s*$/.exec(piece)?.[1]).find(Boolean)
    return { language: tag.split('-')[0]?.toLowerCase(), weight: q === undefined ? 1 : Number(q), index }
  })
  const known = wishes.filter((wish) => wish.weight > 0 && isLanguage(wish.language))
  known.sort((a, b) => b.weight - a.weight || a.index - b.index)
  return (known[0]?.language as Language | undefined) ?? defaultLanguage
}
