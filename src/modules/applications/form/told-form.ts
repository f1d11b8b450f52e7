import type {
  ApplicationForm,
  FormOption,
  FormQuestion,
  FormRule,
  FormSection,
  ProgrammeList,
  DraftList
} from '#modules/programmes'
import { draftLists } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Answer } from '../application.ts'
import type { Speaking } from './answer-text.ts'
import { completeness, type SectionProgress } from './completeness.ts'
import { isRequiredWhereShown, shownQuestions } from './conditions.ts'
import { brokenIn } from './cross-field.ts'
import { answerAt, offered, pathOf, valueOf, type Filled, type Place } from './filled.ts'
import { problemWords } from './problem-words.ts'
import { beyondRules } from './rule-limits.ts'

/** The same in one language: what was written in both is a text. */
type Told<Part> = Part extends Words
  ? string
  : Part extends readonly (infer One)[]
    ? Told<One>[]
    : Part extends object
      ? { [Key in keyof Part]: Told<Part[Key]> }
      : Part

/** A question that is asked now, at the path at which it is answered. */
export type AskedQuestion = {
  path: string
  /** Its id in the section, where the form says all about it. */
  question: string
  row?: string
  required: boolean
  answered: boolean
  /** Of its answer, to be named as `base` when it is saved; 0 where it never was. */
  version: number
  /** What the form does not take of what is answered, in words. */
  wrong: string[]
}

/** A section that is asked now: once, or of each participant who fills it. */
export type AskedSection = {
  path: string
  section: string
  participant?: string
  /** Whether the caller may write there now. */
  edits: boolean
  /** Of a section that repeats: its rows in their order. The list itself is answered at the path of the section. */
  rows?: { ids: string[]; version: number }
  questions: AskedQuestion[]
}

/** The form of a draft for somebody who has nothing but this: what there is, and what of it is asked now. */
export type ToldForm = Pick<ApplicationForm, 'action' | 'edition' | 'field' | 'version'> & {
  sections: Told<FormSection>[]
  rules: Told<FormRule>[]
  /** The choices of questions that name a list, those of the draft itself as they are now. */
  lists: Partial<Record<ProgrammeList | DraftList, Told<FormOption>[]>>
  asked: AskedSection[]
}

type Asking = {
  filled: Filled
  answers: ReadonlyMap<string, Answer>
  edits: (path: string) => boolean
  speaking: Speaking & Parameters<typeof problemWords>[2]
}

/** Tells the form of a draft in one language. @param asking.edits whether its reader may write at a path now */
export function toldForm(asking: Asking): ToldForm {
  const { filled, speaking } = asking
  const { action, edition, field, version, sections, rules, lists } = filled.form
  const ofTheDraft = draftLists.map((from) => [from, offered(filled, { from })] as const)
  return {
    ...{ action, edition, ...(field && { field }), version },
    ...inLanguage(
      { sections, rules, lists: { ...lists, ...Object.fromEntries(ofTheDraft) } },
      speaking.language
    ),
    asked: completeness(filled).map((one) => askedSection(one, asking))
  }
}

function inLanguage<Part>(part: Part, language: keyof Words): Told<Part> {
  if (Array.isArray(part)) return part.map((one) => inLanguage(one, language)) as Told<Part>
  if (typeof part !== 'object' || part === null) return part as Told<Part>
  if (isWords(part)) return part[language] as Told<Part>
  const entries = Object.entries(part).map(([key, value]) => [key, inLanguage(value, language)])
  return Object.fromEntries(entries) as Told<Part>
}

function isWords(part: object): part is Words {
  return 'en' in part && 'lv' in part
}

function askedSection(progress: SectionProgress, asking: Asking): AskedSection {
  const { section, participant, path, places } = progress
  const broken = brokenIn(asking.filled)
  return {
    ...{ path, section: section.id, ...(participant && { participant }), edits: asking.edits(path) },
    ...(section.repeats && {
      rows: { ids: places.map(({ row }) => row!), version: asking.answers.get(path)?.version ?? 0 }
    }),
    questions: places.flatMap((place) =>
      shownQuestions(asking.filled, place).map((question) =>
        askedQuestion(question, place, { ...asking, progress, broken })
      )
    )
  }
}

function askedQuestion(
  question: FormQuestion,
  place: Place,
  {
    filled,
    answers,
    speaking,
    progress,
    broken
  }: Asking & { progress: SectionProgress; broken: ReadonlyMap<string, readonly Words[]> }
): AskedQuestion {
  const path = pathOf(place, question.id)
  const value = valueOf(answerAt(filled, place, question.id))
  const wrong = progress.wrong.filter((lack) => lack.path === path)
  return {
    ...{ path, question: question.id, ...(place.row && { row: place.row }) },
    required: isRequiredWhereShown(filled, place, question),
    answered: value !== undefined,
    version: answers.get(path)?.version ?? 0,
    wrong: [
      ...wrong.map(({ problem }) => problemWords(question, problem, speaking)),
      ...[...beyondRules(filled, place, question, value), ...(broken.get(path) ?? [])].map(
        (words) => words[speaking.language]
      )
    ]
  }
}
