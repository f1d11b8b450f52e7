import type { Typed } from '#shared/forms/read-form.ts'

/** Rows of a repeating group out of fields named group.0.field, in their order. */
export function rowsOf(typed: Typed, group: string): Record<string, string>[] {
  const rows: Record<string, string>[] = []
  for (const [name, value] of Object.entries(typed)) {
    const [of, index, field] = name.split('.')
    if (of !== group || !field || !/^\d{1,3}$/.test(index ?? '')) continue
    const row = (rows[Number(index)] ??= {})
    row[field] = Array.isArray(value) ? value.at(-1)! : value
  }
  return rows.filter(Boolean)
}

/** The same, the other way round. */
export function typedRows(group: string, rows: readonly Record<string, string | undefined>[]): Typed {
  const typed: Typed = {}
  rows.forEach((row, at) => {
    for (const [field, value] of Object.entries(row)) typed[`${group}.${at}.${field}`] = value ?? ''
  })
  return typed
}

/** What was typed without the rows of a group. */
export function withoutRows(typed: Typed, group: string): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith(`${group}.`)))
}
