import type { FormQuestion } from '#modules/programmes'
import type { Problem } from '#shared/forms/refused.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'

/**
 * What is wrong with an answer, in the words in which the field and the final check say it. Of a table with the row and
 * the column.
 */
export function problemWords(
  question: FormQuestion | undefined,
  { field, key, args }: Problem,
  { t, language }: { t: Say<KeysOf<'applications-form' | 'form'>>; language: Language }
): string {
  const said = (t as (key: string, args?: object) => string)(key, args)
  const [, row, cell] = /^(\d+)\.(.+)$/.exec(field) ?? []
  if (cell === undefined || question?.kind !== 'table') return said
  const column = question.columns.find(({ id }) => id === cell)!.ask[language]
  return t('applications-form.problem.in-row', { number: Number(row) + 1, column, problem: said })
}
