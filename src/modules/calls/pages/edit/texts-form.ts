import type { Typed } from '#shared/forms/read-form.ts'
import { type CallTerms, neededLanguages } from '../../call.ts'
import { type FromForm, listOf, textOf } from './form-values.ts'

/** Languages in which a call may be written besides Latvian and English. */
export const furtherLanguages = [
  ...[
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'es',
    'et',
    'fi',
    'fr',
    'ga',
    'hr',
    'hu',
    'is',
    'it',
    'lt',
    'mk',
    'mt',
    'nl'
  ],
  ...['no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'tr', 'uk']
] as const

const names = ['title', 'text', 'applicants'] as const

/** The texts as a form: title.lv, text.lv, applicants.lv …; `languages` lists those that are shown. */
export function textsTyped(terms: CallTerms): Typed {
  const written = names.flatMap((name) => Object.keys(terms[name]))
  const languages = [...new Set([...neededLanguages, ...written])]
  return {
    languages,
    ...Object.fromEntries(
      languages.flatMap((language) =>
        names.map((name) => [`${name}.${language}`, terms[name][language] ?? ''] as const)
      )
    )
  }
}

/** The languages whose fields a form shows. */
export function shownLanguages(typed: Typed): string[] {
  const known: readonly string[] = [...neededLanguages, ...furtherLanguages]
  return [
    ...new Set([...neededLanguages, ...listOf(typed, 'languages').filter((one) => known.includes(one))])
  ]
}

export function textsFrom(typed: Typed): FromForm<Pick<CallTerms, (typeof names)[number]>> {
  const languages = shownLanguages(typed)
  const texts = (name: (typeof names)[number]) =>
    Object.fromEntries(languages.map((language) => [language, textOf(typed, `${name}.${language}`)]))
  return { change: { title: texts('title'), text: texts('text'), applicants: texts('applicants') } }
}
