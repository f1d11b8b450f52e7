import type { Words } from '#shared/rules/vocabulary.ts'
import type { Field, ManagingBody } from './programme-data.ts'

/** In which part an organisation takes part in an application. */
export const participantRoles = ['coordinator', 'partner', 'associated'] as const
export type ParticipantRole = (typeof participantRoles)[number]

/** Lists a choice can be drawn from. Those of `draftLists` come from the draft itself, the others with the form. */
export const programmeLists = ['priorities', 'topics', 'countries', 'languages', 'fields'] as const
export const draftLists = ['participants', 'work-packages'] as const
export type ProgrammeList = (typeof programmeLists)[number]
export type DraftList = (typeof draftLists)[number]

/** `value` is what is kept and never changes; `names` is what people read. */
export type FormOption = { value: string | number; names: Words }

/** The choices of a question: written out, or a list of the programme or of the draft. */
export type FormOptions = readonly FormOption[] | { from: ProgrammeList | DraftList }

/**
 * When something is shown or required. `answer` names a question as `section.question`. Within the same section
 * it means the same participant and row; of a section with several rows or participants any one of them will do.
 */
export type FormCondition =
  | { answer: string; is: string | number | boolean }
  | { answer: string; in: readonly (string | number)[] }
  | { answer: string; 'at-least': number }
  | { answer: string; given: boolean }
  | { field: Field | readonly Field[] }
  | { role: ParticipantRole | readonly ParticipantRole[] }
  /** The language that the application is written in (ISO 639-1). */
  | { language: string }
  /** At least so many organisations take part, associated ones among them. */
  | { organisations: number }
  | { 'all-of': readonly FormCondition[] }
  | { 'any-of': readonly FormCondition[] }
  | { not: FormCondition }

/** Where a question or rule comes from: the document, the place in it. */
export type FormSource = { document: string; title: string; at?: string; url?: string }

/** What any answer of a table's column or of a question can be. */
export type AnswerKind =
  /** Several lines of text; `limit` counts characters as people see them. */
  | { kind: 'text'; limit: number }
  /** One line of text. */
  | { kind: 'line'; limit: number }
  /** A number, whole unless `decimals` says how many; both ends included. */
  | { kind: 'number'; least?: number; most?: number; decimals?: number; unit?: Words }
  /** Whole cents of euros; with `amounts` it is one of these. */
  | { kind: 'money'; least?: number; most?: number; amounts?: readonly number[] }
  /** A day YYYY-MM-DD; both ends included. */
  | { kind: 'date'; from?: string; until?: string }
  | { kind: 'yes-no' }
  /** One option's `value`. */
  | { kind: 'choice'; options: FormOptions }
  /** A list of the values of options, in the order of the options. */
  | { kind: 'choices'; options: FormOptions; least?: number; most?: number }

/** What an upload may be; `pages` are counted when it is uploaded. `template` is offered to download and fill in. */
export type FileKind = {
  kind: 'file'
  types: readonly ('pdf' | 'docx' | 'odt' | 'xlsx' | 'ods' | 'png' | 'jpeg')[]
  pages?: number
  template?: FormTemplate
}

/** A document to fill in: its title and headings, with a word of advice below each. */
export type FormTemplate = { title: Words; headings: readonly { title: Words; advice?: Words }[] }

/** A column of a table: a question without columns of its own, not an upload. */
export type FormColumn = AnswerKind & { id: string; ask: Words; required?: boolean }

/** A list of rows, each an object { column id: value }; cells left empty are left out. */
export type TableKind = {
  kind: 'table'
  columns: readonly FormColumn[]
  least?: number
  most: number
  /** What one row is: “a test”, “a member of staff”. */
  row: Words
}

/**
 * What a rule of the programme allows of a number, as far as answers alone decide when it applies; money in cents. The
 * eligibility check decides by the rule itself: this is said beside the field while one writes.
 */
export type RuleLimit = {
  rule: string
  says: Words
  /** Left out: always. */
  when?: FormCondition
  least?: number
  most?: number
  oneOf?: readonly number[]
}

export type FormQuestion = (AnswerKind | FileKind | TableKind) & {
  /** Kept for ever: answers, comments and reports hang on it. Unique in its section. */
  id: string
  /** Where it stood in an earlier version of the form, as `section.question`: drafts bring their answer along. */
  was?: string
  ask: Words
  help?: Words
  /** Always, or under a condition; left out: it may stay empty. */
  required?: true | FormCondition
  /** Left out: always. */
  shown?: FormCondition
  /** The award criterion that this answer is mainly judged by. */
  criterion?: string
  /** Of yes or no: the categories of the budget whose lines say yes. */
  budget?: readonly string[]
  /** The number of the rules that this tells: `durationMonths` or `grantEur`. */
  about?: string
  /** The rules of eligibility.yaml that this answers: the programme asks it because of them. */
  rules?: readonly string[]
  /** What rules allow of the answer. */
  limits?: readonly RuleLimit[]
  sources?: readonly FormSource[]
}

/**
 * One page of the form. `of: participant`: each participant whose role is in `for` answers it for itself, at paths
 * `id@<participant>.question`. `repeats`: as many rows as needed, at `id.<row>.question`.
 */
export type FormSection = {
  id: string
  of: 'application' | 'participant'
  for: readonly ParticipantRole[]
  title: Words
  help?: Words
  shown?: FormCondition
  /** `one` is what one row is called: “work package”; `title` the question that names a row. */
  repeats?: { least: number; most: number; one: Words; title: string }
  /** The categories of the budget whose money is for what the rows describe. */
  budget?: readonly string[]
  /** The award criterion that the section is mainly judged by. */
  criterion?: string
  /** Points of that criterion, where the programme says. */
  points?: number
  questions: readonly FormQuestion[]
  sources?: readonly FormSource[]
}

/** What several answers must keep to together; every path names a question as `section.question[.column]`. */
export type FormRule = {
  id: string
  says: Words
  /** `block` keeps an application from being submitted; `warn` is advice. */
  severity: 'block' | 'warn'
  shown?: FormCondition
  sources?: readonly FormSource[]
} & (
  | { word: 'window'; of: string; from: string; until: string }
  /** The first is not above (not after) the second: numbers, money or days. */
  | { word: 'order'; of: string; then: string }
  /** Each day lies within so many months from another day; what of the two is not answered yet bounds nothing. */
  | { word: 'within'; of: readonly string[]; from: string; months: string }
  /** All values together are exactly, or at most, a number or the value of another answer. */
  | { word: 'sum'; of: string; equals?: number | string; 'at-most'?: number | string }
  /** Each value is there only once. */
  | { word: 'different'; of: string }
)

/** The whole form of one action in one edition, as plain data that also travels to a browser. */
export type ApplicationForm = {
  action: string
  edition: number
  field?: Field
  body: ManagingBody
  /** Goes up with every change of the questions of this edition. */
  version: number
  /** Written for the action, or built from its rules. */
  origin: 'own' | 'built'
  sections: readonly FormSection[]
  rules: readonly FormRule[]
  /** The lists of the programme that questions draw from. */
  lists: Partial<Record<ProgrammeList, readonly FormOption[]>>
}
