/** What stands in the fields of a question that is no text: read as the value that is kept, and written back. */
import type { JsonValue } from '#shared/audit/canonical-json.ts'
import { dayFrom, datePartsOf } from '#shared/design/date-parts.ts'
import { euroTyped, parseEuro } from '#shared/design/parse-euro.ts'
import type { FieldControl } from '../field-control.ts'
import { cellName, rowsName, tableRows } from '../typed-answers.ts'

/** A value, or undefined where what was typed cannot be one (yet). */
export type ReadField = { value: JsonValue } | undefined

/** The value in the fields of a question. */
export function valueIn(form: HTMLFormElement, name: string, control: FieldControl): ReadField {
  if (control.kind !== 'table') return cellIn(form, name, control)
  const rows: JsonValue[] = []
  for (let index = 0; index < rowCount(form, name); index++) {
    const row: Record<string, JsonValue> = {}
    for (const column of control.columns) {
      const read = cellIn(form, cellName(name, index, column.id), column)
      if (!read) return undefined
      if (read.value !== null) row[column.id] = read.value
    }
    if (Object.keys(row).length > 0) rows.push(row)
  }
  return { value: rows.length > 0 ? rows : null }
}

/** Shows a value in the fields. @returns false where there are not enough rows on the page for it */
export function showValue(
  form: HTMLFormElement,
  name: string,
  control: FieldControl,
  value: JsonValue
): boolean {
  if (control.kind !== 'table') {
    showCell(form, name, control, value)
    return true
  }
  const rows = tableRows(value)
  const count = rowCount(form, name)
  if (rows.length > count) return false
  for (let index = 0; index < count; index++)
    for (const column of control.columns)
      showCell(
        form,
        cellName(name, index, column.id),
        column,
        (rows[index]?.[column.id] ?? null) as JsonValue
      )
  return true
}

type Cell = Exclude<FieldControl, { kind: 'table' }>

function cellIn(form: HTMLFormElement, name: string, control: Cell): ReadField {
  const given = new FormData(form)
  const text = String(given.get(name) ?? '').trim()
  switch (control.kind) {
    case 'text':
      return { value: text === '' ? null : text }
    case 'number':
      return numberIn(text, control.decimals)
    case 'money': {
      const read = parseEuro(text)
      if (read === 'empty') return { value: null }
      return read === 'not-money' ? undefined : { value: read.cents }
    }
    case 'date': {
      const part = (which: string) => String(given.get(`${name}-${which}`) ?? '').trim()
      const read = dayFrom({ day: part('day'), month: part('month'), year: part('year') })
      if (read === 'empty') return { value: null }
      return read === 'not-a-date' ? undefined : { value: read.day }
    }
    case 'yes-no':
      return { value: text === '' ? null : text === 'yes' }
    case 'choice':
      return { value: text === '' ? null : control.numbers ? Number(text) : text }
    case 'choices': {
      const chosen = given.getAll(name).map((one) => (control.numbers ? Number(one) : String(one)))
      return { value: chosen.length > 0 ? chosen : null }
    }
  }
}

function numberIn(text: string, decimals: number): ReadField {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (plain === '') return { value: null }
  const shape = decimals === 0 ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/
  return shape.test(plain) ? { value: Number(plain) } : undefined
}

function showCell(form: HTMLFormElement, name: string, control: Cell, value: JsonValue): void {
  switch (control.kind) {
    case 'date': {
      const parts = typeof value === 'string' ? datePartsOf(value) : { day: '', month: '', year: '' }
      for (const [part, text] of Object.entries(parts)) setText(form, `${name}-${part}`, text)
      return
    }
    case 'money':
      return setText(form, name, typeof value === 'number' ? euroTyped(value) : '')
    case 'number':
      return setText(form, name, typeof value === 'number' ? String(value).replace('.', ',') : '')
    case 'text':
      return setText(form, name, typeof value === 'string' ? value : '')
    case 'yes-no':
      return setText(form, name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : '')
    case 'choice':
      return setText(form, name, value === null ? '' : String(value))
    case 'choices': {
      const chosen = new Set((Array.isArray(value) ? value : []).map(String))
      for (const box of controlsOf(form, name)) (box as HTMLInputElement).checked = chosen.has(box.value)
    }
  }
}

function setText(form: HTMLFormElement, name: string, text: string): void {
  for (const control of controlsOf(form, name)) {
    if (control instanceof HTMLInputElement && control.type === 'radio')
      control.checked = control.value === text
    else control.value = text
  }
}

function controlsOf(form: HTMLFormElement, name: string): (HTMLInputElement | HTMLSelectElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`)]
}

function rowCount(form: HTMLFormElement, name: string): number {
  return Number(new FormData(form).get(rowsName(name)) ?? 0)
}
