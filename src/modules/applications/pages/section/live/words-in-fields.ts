/** What stands in the fields of a question that is no text, as a person reads it. */
import type { FieldControl } from '../field-control.ts'
import { cellName, rowsName } from '../typed-answers.ts'

/** A line for each row of a table, one line for any other question; none when nothing stands there. */
export function wordsIn(form: HTMLFormElement, name: string, control: FieldControl): string[] {
  if (control.kind !== 'table') return lineOf([wordOf(form, name)])
  const rows = Number(
    form.querySelector<HTMLInputElement>(`[name="${CSS.escape(rowsName(name))}"]`)?.value ?? 0
  )
  return Array.from({ length: rows }, (_, row) =>
    lineOf(control.columns.map(({ id }) => wordOf(form, cellName(name, row, id))))
  ).flat()
}

function lineOf(words: readonly string[]): string[] {
  const said = words.filter((word) => word !== '').join(' · ')
  return said === '' ? [] : [said]
}

function wordOf(form: HTMLFormElement, name: string): string {
  const date = ['day', 'month', 'year'].flatMap((part) => chosenIn(form, `${name}-${part}`))
  return date.length > 0 ? date.join('. ') : chosenIn(form, name).join(', ')
}

/** What is typed or chosen in the fields of a name: the label, where something is chosen. */
function chosenIn(form: HTMLFormElement, name: string): string[] {
  const fields = form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`)
  return Array.from(fields, (field) => {
    if ('selectedOptions' in field) return field.value === '' ? '' : (field.selectedOptions[0]?.label ?? '')
    if (field.type !== 'radio' && field.type !== 'checkbox') return field.value.trim()
    return field.checked ? (field.labels?.[0]?.textContent.trim() ?? field.value) : ''
  }).filter((word) => word !== '')
}

/** The words of a question: of one field, or of a group of them. */
export function questionAt(path: string): string {
  const named = document.querySelector(`[data-names="${CSS.escape(path)}"]`)?.cloneNode(true) as
    Element | undefined
  named?.querySelector('.kopa-optional')?.remove()
  return named?.textContent.trim() ?? ''
}
