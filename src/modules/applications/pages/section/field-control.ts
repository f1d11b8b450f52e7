import type { ControlView, TableView } from './question-view.ts'

/** What the script of the page must know of a question to read its fields: it travels as JSON in the page. */
export type FieldControl =
  | { kind: 'text' | 'money' | 'date' | 'yes-no' }
  | { kind: 'number'; decimals: number }
  /** `numbers`: the values of the options are numbers. */
  | { kind: 'choice' | 'choices'; numbers: boolean }
  | { kind: 'table'; columns: ({ id: string } & Exclude<FieldControl, { kind: 'table' }>)[] }

/** What of a control the script must know. Of an amount that is chosen, the options are cents. */
export function fieldControl(control: ControlView | TableView): FieldControl {
  return control.kind === 'table'
    ? {
        kind: 'table',
        columns: control.columns.map(({ id, control: cell }) => ({ id, ...cellControl(cell) }))
      }
    : cellControl(control)
}

function cellControl(control: ControlView): Exclude<FieldControl, { kind: 'table' }> {
  switch (control.kind) {
    case 'text':
    case 'line':
      return { kind: 'text' }
    case 'number':
      return { kind: 'number', decimals: control.decimals }
    case 'money':
      return control.amounts ? { kind: 'choice', numbers: true } : { kind: 'money' }
    case 'choice':
    case 'choices':
      return { kind: control.kind, numbers: control.numbers }
    default:
      return { kind: control.kind }
  }
}
