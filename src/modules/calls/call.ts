import type { Field } from '#modules/programmes'
import type { LocalMoment } from '#shared/time/local-moment.ts'

/**
 * What kind of call it is. A call for proposals opens actions of a guide; the others stand outside it and bring
 * their own rules.
 */
export const callKinds = ['proposals', 'special', 'tender', 'designated-bodies', 'network'] as const
export type CallKind = (typeof callKinds)[number]

/** Texts by language (lv, en, de …). Latvian and English are needed before a call is reviewed. */
export type Translated = Readonly<Record<string, string>>

/** Languages in which a call must be complete before anybody sees it. */
export const neededLanguages = ['lv', 'en'] as const

/** An action that the call opens. */
export type OpenedAction = {
  action: string
  /** Those of the action's fields for which it is open. */
  fields: Field[]
  /** Which of the rounds that the guide foresees, counted from 1. */
  round?: number
  /** Topic, lot or strand, where the call opens only some. */
  strands?: string[]
}

/** How a budget is split; each split shares out all of the money. */
export const splitKinds = ['field', 'action', 'country', 'topic'] as const
export type SplitKind = (typeof splitKinds)[number]

/** A part of the money. `of` is a field, an action, a country code or the name of a topic; cents of euro. */
export type BudgetPart = { of: string; cents: number }

/** What may be spent under a call. */
export type Budget = { cents: number | null; splits: { by: SplitKind; parts: BudgetPart[] }[] }

/** A paper that belongs to the call: on the web, or a file kept here. */
export type CallDocument = { title: string; language: string; address: string }

export type Contact = { name: string; email: string; phone: string; page: string }

/** How applications are assessed, as far as the call settles it. */
export type AssessmentPlan = {
  /** How many experts read an application, by the grant asked for: the first line that reaches so far. */
  experts: { upToCents: number | null; experts: number }[]
  /** When one more expert is called. */
  thirdExpert: { abovePoints: number; unlessBothBelowThreshold: boolean } | null
  /** How experts come to one score. */
  consolidation: 'agreed' | 'average'
  /** Points needed in all, where the call asks for others than the guide. */
  thresholdPoints: number | null
}

/**
 * What a call says: everything that people decide about it, in one piece. It is kept whole in each revision, shown,
 * compared and corrected field by field.
 */
export type CallTerms = {
  title: Translated
  text: Translated
  actions: OpenedAction[]
  /** By the clock of Brussels; null: not settled yet. */
  opens: LocalMoment | null
  deadline: LocalMoment | null
  /** Why the deadline is another than the guide's. */
  departure: string
  budget: Budget
  /** Ids of the programme's priorities that count here. */
  priorities: string[]
  /** Who may apply, for a call outside the guide: as people read it. */
  applicants: Translated
  documents: CallDocument[]
  contact: Contact
  /** Languages in which applications are accepted; none: any that the guide allows. */
  languages: string[]
  assessment: AssessmentPlan
  /** Rules of its own, in the vocabulary of programmes/<programme>/<action>/eligibility.yaml; '' for none. */
  rules: string
}

/** A call as it was decided: its terms in a revision, and what belongs to the call itself. */
export type Call = {
  id: string
  /** What stands in addresses: 2026-lv-viaa-3. */
  code: string
  body: string
  edition: number
  kind: CallKind
}

/** The terms of a call that nobody wrote yet. */
export function emptyTerms(): CallTerms {
  return {
    title: {},
    text: {},
    actions: [],
    opens: null,
    deadline: null,
    departure: '',
    budget: { cents: null, splits: [] },
    priorities: [],
    applicants: {},
    documents: [],
    contact: { name: '', email: '', phone: '', page: '' },
    languages: [],
    assessment: { experts: [], thirdExpert: null, consolidation: 'agreed', thresholdPoints: null },
    rules: ''
  }
}

/** A text in the reader's language, else in English, else in whichever there is. */
export function inLanguageOf(texts: Translated, language: string): string {
  return texts[language] || texts.en || Object.values(texts).find((text) => text !== '') || ''
}
