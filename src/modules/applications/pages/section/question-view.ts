import type { SpokenProblem } from '#shared/forms/returned-form.ts'
import type { SpokenSource } from './spoken-source.ts'

/**
 * An option of a choice: `value` is how it stands in the form, the answer's own value as text. `former`: it is not
 * offered any more, and shown only where it is chosen.
 */
export type OptionView = { value: string; label: string; former?: boolean }

/** How a question, or a column of a table, is answered. */
export type ControlView =
  | { kind: 'text'; limit: number }
  | { kind: 'line'; limit: number }
  | { kind: 'number'; unit: string | undefined; decimals: number }
  | { kind: 'money'; amounts: OptionView[] | undefined }
  | { kind: 'date' }
  | { kind: 'yes-no' }
  /** `numbers`: the values of the options are numbers. */
  | { kind: 'choice'; options: OptionView[]; numbers: boolean }
  | { kind: 'choices'; options: OptionView[]; numbers: boolean }

export type ColumnView = { id: string; label: string; required: boolean; control: ControlView }

export type TableView = { kind: 'table'; columns: ColumnView[]; least: number; most: number; row: string }

export type FileView = {
  kind: 'file'
  /** What the browser offers, such as .pdf,.docx. */
  accept: string
  /** The kinds in words. */
  kinds: string
  pages: number | undefined
  /** Where the document to fill in is; its address within the application. */
  template: string | undefined
  /** The page on which it is given, replaced and removed. */
  page: string
  /** What was given. */
  given: { name: string; size: string; pages: number | undefined; address: string } | undefined
}

/** A question as it stands on a page, in the reader's language. */
export type QuestionView = {
  /** Its path: the name and the id of its field. */
  path: string
  label: string
  help: string | undefined
  required: boolean
  /** Whether other questions are asked depending on it. */
  decides: boolean
  sources: SpokenSource[]
  control: ControlView | TableView | FileView
  /** The version that it is shown in; 0: never saved. */
  version: number
  /** What stands in it, as somebody reads it: lines of text; none where nothing is answered. */
  said: string[]
  /** Characters as people see them, of a text. */
  length: number
  /** Whether what is chosen or typed can be outside what the form takes: then it is looked at again after a save. */
  checked: boolean
  /** What the form does not take about the answer that is saved, by the names of the fields on the page. */
  wrong: SpokenProblem[]
}
