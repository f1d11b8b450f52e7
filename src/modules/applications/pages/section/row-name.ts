import type { Language } from '#shared/texts/language.ts'
import type { ApplicationTexts } from '../application-page.ts'

/**
 * What a row is called: by its own title, or by its number, beginning as a heading does.
 * @param one what the form calls one row, such as “work package”
 */
export function rowName(
  { title, number }: { title: string; number: number },
  one: string,
  { t, language }: { t: ApplicationTexts; language: Language }
): string {
  if (title) return title
  const name = t('applications-editor.section.row', { row: one, number })
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}
