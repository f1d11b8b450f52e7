import { euroTyped, parseEuro } from '#shared/design/parse-euro.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Problem } from '#shared/forms/refused.ts'

/** What a step's form makes of the terms: the change, or what has to be settled, by the name of the form's field. */
export type FromForm<Change> = { change: Change } | { problems: Problem[] }

/** The text of a field; '' when it was not there. */
export function textOf(typed: Typed, name: string): string {
  const value = typed[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** All values of a field that may stand there several times. */
export function listOf(typed: Typed, name: string): string[] {
  const value = typed[name]
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value.filter((one) => one !== '') : [value]
}

/** How many rows of a repeating group were typed: names are group.0.field, group.1.field … */
export function rowsOf(typed: Typed, group: string): number {
  const indexes = Object.keys(typed).flatMap((name) => {
    const found = new RegExp(`^${group}\\.(\\d{1,3})\\.`).exec(name)
    return found ? [Number(found[1])] : []
  })
  return indexes.length === 0 ? 0 : Math.max(...indexes) + 1
}

/** The form after a button of a repeating group was pressed. */
export function withRows(
  typed: Typed,
  group: string,
  fields: readonly string[],
  change: { kind: 'add' } | { kind: 'remove'; index: number }
): Typed {
  const rows = Array.from({ length: rowsOf(typed, group) }, (_, index) =>
    fields.map((field) => textOf(typed, `${group}.${index}.${field}`))
  )
  const after =
    change.kind === 'add'
      ? [...rows, fields.map(() => '')]
      : rows.filter((_, index) => index !== change.index)
  const others = Object.entries(typed).filter(([name]) => !name.startsWith(`${group}.`))
  const named = after.flatMap((row, index) =>
    row.map((value, at) => [`${group}.${index}.${fields[at]}`, value] as const)
  )
  return Object.fromEntries([...others, ...named])
}

/** An amount in cents as it was typed; null for an empty field. */
export function centsOf(typed: Typed, name: string, problems: Problem[]): number | null {
  const read = parseEuro(textOf(typed, name))
  if (read === 'empty') return null
  if (read === 'not-money') {
    problems.push({ field: name, key: 'calls.problem.not-money' })
    return null
  }
  return read.cents
}

/** A whole number as it was typed; null for an empty field. */
export function numberOf(typed: Typed, name: string, problems: Problem[]): number | null {
  const text = textOf(typed, name).trim()
  if (text === '') return null
  if (!/^\d{1,6}$/.test(text)) {
    problems.push({ field: name, key: 'form.not-a-number' })
    return null
  }
  return Number(text)
}

/** Cents as they are typed again; nothing where there are none. */
export function euroText(cents: number | null): string {
  return cents === null ? '' : euroTyped(cents)
}
