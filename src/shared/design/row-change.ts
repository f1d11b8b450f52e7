/** What a button of a repeating group asks for. */
export type RowChange = { kind: 'add' } | { kind: 'remove'; index: number }

/**
 * The change of rows that a submitted form asks for.
 * @param name the name of the repeating group
 * @returns undefined when another button was pressed
 */
export function rowChange(form: FormData, name: string): RowChange | undefined {
  const [kind, group, index] = String(form.get('change') ?? '').split(':')
  if (group !== name) return undefined
  if (kind === 'add') return { kind }
  if (kind === 'remove' && /^\d+$/.test(index ?? '')) return { kind, index: Number(index) }
  return undefined
}

/** The rows after the change; an added row is the empty one given. */
export function changedRows<Row>(rows: readonly Row[], change: RowChange | undefined, empty: Row): Row[] {
  if (change?.kind === 'add') return [...rows, empty]
  if (change?.kind === 'remove') return rows.filter((_, index) => index !== change.index)
  return [...rows]
}
