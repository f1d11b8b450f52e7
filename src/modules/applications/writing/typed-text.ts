/** Text as people typed or pasted it. Pure; browsers use it, too. */
import { composed, invisible, lineEnds } from '#shared/forms/tidy-text.ts'

// The dots, squares and dashes of Word's lists: letters of the fonts Symbol and Wingdings, boxes in every other.
const listMarks = /[\uf0a7\uf0a8\uf0b7\uf0d8\uf0e8\uf0fc]/g
const suspect = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u0300-\uffff]/

/**
 * Text as it is kept while somebody writes: composed letters (NFC), line feeds, nothing invisible. Spaces stay where
 * they are: the next word is on its way.
 */
export function tidied(text: string): string {
  if (!suspect.test(text)) return text
  const seen = text.toWellFormed().replace(lineEnds, '\n').replace(invisible, '').replace(listMarks, '•')
  return composed(seen)
}

/** The same for a question that takes one line. */
export function tidiedLine(text: string): string {
  return tidied(text).replaceAll('\n', ' ')
}
