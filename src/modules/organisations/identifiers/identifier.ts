/** What came of reading an identifier: the value in its one spelling, or what is wrong with it. Never thrown. */
export type ReadIdentifier = { value: string } | IdentifierProblem

/** What is wrong with an identifier, said by `identifierProblemText`. */
export type IdentifierProblem = {
  problem:
    | 'empty'
    | 'oid-form'
    | 'oid-is-pic'
    | 'pic-form'
    | 'pic-is-oid'
    | 'pic-check'
    | 'erasmus-code-form'
    | 'erasmus-code-country-unknown'
    | 'erasmus-code-country-unclear'
    | 'domain-form'
    | 'domain-number'
    | 'domain-single'
    | 'latvian-number-form'
    | 'latvian-number-personal'
    | 'latvian-number-check'
    | 'country-unknown'
    | 'nuts-form'
    | 'nuts-unknown'
    | 'charter-form'
}

/** Nothing that identifies an organisation is longer; a text beyond it is not looked at. */
const longest = 300

/**
 * The text as it was meant: full-width forms as usual ones, every dash a hyphen, every run of blanks (no-break
 * spaces too) one space, and without marks nobody sees. Empty for a text too long to be an identifier.
 */
export function plain(written: string): string {
  if (written.length > longest) return written.slice(0, longest + 1)
  return written
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\p{Z}\s]+/gu, ' ')
    .trim()
}

/** Capitals of Greek and Cyrillic that look like Latin ones. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{
    А: 'A',
    В: 'B',
    Е: 'E',
    К: 'K',
    М: 'M',
    Н: 'H',
    О: 'O',
    Р: 'P',
    С: 'C',
    Т: 'T',
    Х: 'X',
    У: 'Y',
    І: 'I'
  },
  ...{
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Ζ: 'Z',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y'
  },
  ...{ Χ: 'X', Ѕ: 'S', Ј: 'J' }
}

/** Latin capitals: what looks like one is taken for one, and letters lose their accents. */
export function latinCapitals(text: string): string {
  return text
    .toUpperCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\u0370-\u04ff]/g, (letter) => lookalikes[letter] ?? letter)
}

/** Digits without the blanks, hyphens and dots people group them with; O and I where only a digit can stand. */
export function onlyDigits(text: string): string {
  return latinCapitals(text).replace(/[ .-]/g, '').replace(/O/g, '0').replace(/[IL|]/g, '1')
}
