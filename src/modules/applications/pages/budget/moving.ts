/** Moves between the cells of a table of fields, as in a spreadsheet. */
export function moveByKey(event: KeyboardEvent): void {
  const field = event.target
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
  const step = stepOf(event, field)
  if (!step) return
  const next = neighbour(field, step)
  if (!next) return
  event.preventDefault()
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
}

type Step = { rows: number; columns: number }

function stepOf(event: KeyboardEvent, field: HTMLInputElement | HTMLSelectElement): Step | undefined {
  const inText = field instanceof HTMLInputElement
  if (event.key === 'Enter') return { rows: event.shiftKey ? -1 : 1, columns: 0 }
  // In a list of choices the arrows choose.
  if (!inText || event.shiftKey) return undefined
  if (event.key === 'ArrowUp') return { rows: -1, columns: 0 }
  if (event.key === 'ArrowDown') return { rows: 1, columns: 0 }
  const { selectionStart: start, selectionEnd: end, value } = field
  if (event.key === 'ArrowLeft' && start === 0 && end === 0) return { rows: 0, columns: -1 }
  if (event.key === 'ArrowRight' && start === value.length) return { rows: 0, columns: 1 }
  return undefined
}

/** The field that stands so many rows below and columns beside it in its table; undefined at the edge. */
function neighbour(field: HTMLElement, { rows, columns }: Step): HTMLElement | undefined {
  const table = field.closest('[data-cells]')
  const row = field.closest('[data-row]')
  if (!table || !row) return undefined
  const all = [...table.querySelectorAll('[data-row]')]
  const there = all[all.indexOf(row) + rows]
  if (!there) return undefined
  const own = [...row.querySelectorAll<HTMLElement>('[data-field]')]
  const at = own.indexOf(field) + columns
  const name = own[at]?.dataset.field
  return name === undefined
    ? undefined
    : (there.querySelector<HTMLElement>(`[data-field="${name}"]`) ?? undefined)
}
