import { type Editions, editionsOf, inEdition } from '#shared/rules/editions.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type {
  AnswerKind,
  FileKind,
  FormCondition,
  FormTemplate,
  ParticipantRole,
  ProgrammeList,
  DraftList,
  TableKind
} from '../form-data.ts'
import type { BudgetData, Field, ManagingBody, SourceRef } from '../programme-data.ts'

export type FundingModel = BudgetData['funding'][number]['model']

/** Where a part of a form belongs, as far as it is known before anybody answers: everything given must hold. */
export type FormScope = {
  editions?: Editions
  fields?: Field[]
  body?: ManagingBody
  funding?: FundingModel[]
}

export type OptionEntry = { value: string | number; en: string; lv: string; editions?: Editions }
export type OptionsEntry = OptionEntry[] | { from: ProgrammeList | DraftList }

/** What an answer can be, as the file writes it: options carry their words flat, amounts may be the programme's. */
export type AnswerEntry =
  | Exclude<AnswerKind, { kind: 'choice' | 'choices' | 'money' }>
  | { kind: 'choice'; options: OptionsEntry }
  | { kind: 'choices'; options: OptionsEntry; least?: number; most?: number }
  | { kind: 'money'; least?: number; most?: number; amounts?: number[] | 'of-the-programme' }

export type ColumnEntry = AnswerEntry & { id: string; ask: Words; required?: boolean }

export type KindEntry =
  | AnswerEntry
  | (Omit<TableKind, 'columns'> & { columns: ColumnEntry[] })
  /** `pages: of-the-programme`: the limit is the fact of action.yaml that gives `pages`. */
  | (Omit<FileKind, 'pages' | 'template'> & { pages?: number | 'of-the-programme'; template?: FormTemplate })

export type QuestionEntry = FormScope &
  KindEntry & {
    id: string
    was?: string
    ask: Words
    help?: Words
    required?: true | FormCondition
    shown?: FormCondition
    criterion?: string
    /** The rules of eligibility.yaml that this question answers: they give it its citation. */
    rules?: string[]
    /** What the rules say about this value (durationMonths) becomes its help, with its citation. */
    'rules-about'?: string
    /** What these facts of action.yaml say becomes its help, with its citation. */
    facts?: string[]
    sources?: SourceRef[]
  }

export type SectionEntry = FormScope & {
  id: string
  of?: 'participant'
  /** Left out: coordinator and partners. */
  for?: ParticipantRole[]
  title: Words
  help?: Words
  shown?: FormCondition
  repeats?: { least: number; most: number; one: Words; title: string }
  /** Categories of budget.yaml whose money is for what the rows describe. */
  budget?: string[]
  /** An award criterion, or the first of several that the edition has; its name becomes the title. */
  criterion?: string | string[]
  questions: QuestionEntry[]
  sources?: SourceRef[]
}

/** A section of parameters/application-form.yaml, less or more some questions. */
export type UsedSection = FormScope & {
  use: string
  without?: string[]
  add?: QuestionEntry[]
  title?: Words
  help?: Words
  shown?: FormCondition
  repeats?: SectionEntry['repeats']
}

/** A section whose questions come from the rules of the action. */
export type BuiltSection = FormScope & {
  /** `eligibility`: its questions; `obligations`: its rules `in-the-form`; `criteria`: award criteria without a section. */
  build: 'eligibility' | 'obligations' | 'criteria'
  without?: string[]
  title: Words
  help?: Words
  /** Characters for each answer. */
  limit: number
}

export type SectionItem = SectionEntry | UsedSection | BuiltSection

export type RuleEntry = FormScope & {
  id: string
  says: Words
  severity?: 'warn'
  shown?: FormCondition
  sources?: SourceRef[]
  window?: { of: string; from: string; until: string }
  order?: { of: string; then: string }
  within?: { of: string[]; from: string; months: string }
  sum?: { of: string; equals?: number | string; 'at-most'?: number | string }
  different?: { of: string }
}

/** application-form.yaml of an action: which editions have a form of their own, and what is in it. */
export type FormFile = {
  forms: (FormScope & { editions: Editions; version: number })[]
  sections: SectionItem[]
  rules?: RuleEntry[]
}

/** parameters/application-form.yaml: the form of every action without its own, and what own forms take from it. */
export type SharedFormFile = {
  version: number
  /** Codes (ISO 639-1) that questions about languages offer. */
  languages: string[]
  sections: (SectionEntry | BuiltSection)[]
  /** Sections that only stand in forms that use them. */
  parts?: SectionEntry[]
  rules?: RuleEntry[]
}

/** The sections of the shared file that an own form can use by id. */
export function usable({ sections, parts = [] }: SharedFormFile): SectionEntry[] {
  return [...sections.filter((one) => 'id' in one), ...parts]
}

/** Whether two parts can stand in one form. */
export function meet(one: FormScope, other: FormScope): boolean {
  const editions = one.editions === undefined ? undefined : editionsOf(one.editions)
  if (
    editions &&
    other.editions !== undefined &&
    !editions.some((edition) => inEdition(other.editions, edition))
  )
    return false
  if (one.body && other.body && one.body !== other.body) return false
  return (['fields', 'funding'] as const).every((key) => {
    const held = one[key] as string[] | undefined
    const wanted = other[key] as string[] | undefined
    return !held || !wanted || held.some((value) => wanted.includes(value))
  })
}
