import type { ApplicationForm } from '#modules/programmes'
import type { Language } from '#shared/texts/language.ts'
import { questionOf } from '../form/filled.ts'
import { readPath } from '../path.ts'

/** A path as people know it: the section and the question, in the words of the first form that has them. */
export function pathWords(path: string, forms: readonly ApplicationForm[], language: Language): string {
  const at = readPath(path)
  if (!at) return path
  const named = forms.flatMap((form) => {
    const section = form.sections.find(({ id }) => id === at.section)
    if (!section) return []
    const asked = at.question === undefined ? undefined : questionOf(form, at.section, at.question)
    if (at.question !== undefined && !asked) return []
    return [[section.title[language], asked?.ask[language]].filter((part) => part !== undefined).join(': ')]
  })
  return named[0] ?? path
}
