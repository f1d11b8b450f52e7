import type { KeysOf, Say } from '#shared/texts/language.ts'
import { cellProblemText } from '#shared/spreadsheets/sheet-problem.ts'
import { identifierProblemText } from '../identifiers/problem-text.ts'
import type { CharterField } from './charter-holder.ts'
import type { CharterDoubt } from './compare-charter-lists.ts'
import type { RowProblem } from './read-charter-list.server.ts'

/** The texts of the import: texts/<language>/charter-list.json, and those of cells and identifiers. */
export type CharterKey = KeysOf<'charter-list'> | KeysOf<'files'> | KeysOf<'identifiers'>

/** What is wrong in a row, with its place before it. */
export function rowProblemText(problem: RowProblem, t: Say<CharterKey>): string {
  const { row, heading, found } = problem
  switch (problem.problem) {
    case 'empty':
    case 'formula-error':
    case 'not-a-date':
    case 'not-a-number':
    case 'too-long':
      return cellProblemText({ row, heading, found, problem: problem.problem }, t)
    case 'ends-before':
      return t('charter-list.placed', { row, heading, found, sentence: t('charter-list.ends-before') })
    default: {
      const sentence = identifierProblemText({ problem: problem.problem }, t)
      return t('charter-list.placed', { row, heading, found, sentence })
    }
  }
}

/** Why a row has to be looked at. */
export function charterDoubtText(doubt: CharterDoubt, t: Say<CharterKey>): string {
  if ('rows' in doubt) {
    return t(`charter-list.doubt.${doubt.doubt}`, { rows: doubt.rows.join(', ') })
  }
  if (doubt.doubt === 'other-country') return t('charter-list.other-country', { country: doubt.ofCode })
  return t(`charter-list.differs.${doubt.doubt}`, { before: doubt.before })
}

/** The name of a field, for a list of changes. */
export function charterFieldText(field: CharterField, t: Say<CharterKey>): string {
  return t(`charter-list.field.${field}`)
}
