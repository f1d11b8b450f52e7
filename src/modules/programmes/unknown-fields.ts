import { shortened, type InputNotes, type Path } from './input-problem.ts'
import { fold, nearest } from './nearest.ts'

/** Warns of fields that nothing is known of, with the field that may have been meant. */
export function warnOfUnknown(
  written: Iterable<string>,
  known: readonly string[],
  path: Path,
  notes: InputNotes
) {
  for (const field of written) {
    if (known.includes(field)) continue
    const near = nearestField(field, known)
    const args = { field: shortened(field) }
    if (near === undefined) notes.warning([...path, field], 'input.unknown-field', () => ({ args }))
    else
      notes.warning([...path, field], 'input.unknown-field-nearest', () => ({
        args: { ...args, nearest: near }
      }))
  }
}

/** The known field or key that may have been meant: `established-on` → `establishedOn`. */
export function nearestField(written: string, known: readonly string[]): string | undefined {
  const joined = (name: string) => fold(name.slice(0, 100)).replaceAll(' ', '')
  const candidates = known.map((id) => ({ id, forms: [joined(id)] }))
  return nearest(joined(written), candidates, 1)[0]
}
