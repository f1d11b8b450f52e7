import type { Words } from '#shared/rules/vocabulary.ts'
import type { Field, ManagingBody } from './programme-data.ts'

/**
 * The question that actions ask and the directory answers (registered by the shell): which body handles an action
 * of an edition for an applicant of a country?
 */
export type WhoHandles = (question: HandlingQuestion) => Promise<Handling[]>

export type HandlingQuestion = {
  action: string
  edition: number
  /** Only this field; otherwise all of the action. */
  field?: Field | undefined
  /** Where the coordinator is established, ISO 3166-1 alpha-2. Without it, only what is the same everywhere. */
  country?: string | undefined
  /** Day, YYYY-MM-DD; otherwise today. */
  on?: string | undefined
}

/** Who handles one or more fields of the action. */
export type Handling = {
  fields: Field[]
  managedBy: ManagingBody
  /** When it is so, in the words of the rule file: for which applicants, for instance. */
  note?: Words | undefined
  /** What only a European NGO that coordinates is told. */
  onlyEuropeanNgo: boolean
  /** One as a rule; several where nothing tells them apart; none: nobody is on record. */
  handlers: Handler[]
  /** Why there is nobody: the country was not said, its agency is not on record, or its mandate does not hold that day. */
  missing?: 'country' | 'nobody' | 'not-that-day' | undefined
}

/** A body, or a unit of it, as others name it. */
export type Handler = {
  body: string
  names: Words
  short: string | null
  unit: Words | null
  website: string | null
}
