import type { Temporal } from 'temporal-polyfill'
import type { Field } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { BodyKind } from './body.ts'
import type { SourceRef } from './source.ts'

/** What a mandate is for. The list is that of programmes/schema/bodies.json; a test compares. */
export const purposes = [
  'steers-programme',
  'supervises-agencies',
  'manages-actions',
  'informs-applicants',
  'trains-and-connects',
  'recognises-diplomas',
  'informs-youth',
  'guides-careers',
  'frames-qualifications',
  'presents-skills',
  'assures-vet-quality',
  'spreads-vet-tools',
  'reforms-higher-education',
  'describes-education',
  'describes-youth-policy',
  'supports-etwinning',
  'supports-epale',
  'supports-selfie',
  'connects-universities',
  'represents-the-union',
  'informs-citizens',
  'reviews-policy'
] as const
export type Purpose = (typeof purposes)[number]

/** What a body, or one of its units, is there for: country × field × action × time. null: not limited. */
export type Mandate = {
  id: string
  body: string
  bodyKinds: readonly BodyKind[]
  /** null: the body as a whole. */
  unit: string | null
  purpose: Purpose
  countries: readonly string[] | null
  fields: readonly Field[] | null
  actions: readonly string[] | null
  /** Its first day; null: not known, so it holds for every day up to the last. */
  from: Temporal.PlainDate | null
  /** Its last day; null: it has not ended. */
  until: Temporal.PlainDate | null
}

/** A mandate with what pages say about it. */
export type MandateOnRecord = Mandate & {
  note: Words | null
  sources: SourceRef[]
  checked: string | null
  revision: number
  edited: boolean
}

/** What is asked. What is left out is not known: each mandate may still be the one. */
export type MandateQuestion = {
  purpose: Purpose
  /** Only bodies of this kind. */
  kind?: BodyKind | undefined
  country?: string | undefined
  field?: Field | undefined
  action?: string | undefined
  on: Temporal.PlainDate
}

/** What could narrow a question down. */
export type Narrowing = 'country' | 'field' | 'action'

/** Who it is, with the mandate it follows from. */
export type Mandated = { body: string; unit: string | null; mandate: Mandate }

export type MandateAnswer =
  | ({ answer: 'body' } & Mandated)
  /** Several have an equal claim; `ask` is what would tell them apart, empty where nothing would. */
  | { answer: 'several'; bodies: Mandated[]; ask: Narrowing[] }
  /** Nobody on record; `nearest` is a mandate that failed by one thing only. */
  | { answer: 'none'; because: 'nobody' }
  | { answer: 'none'; because: 'not-that-day' | 'other-field' | 'other-country'; nearest: Mandate }

/**
 * Who has the mandate for what is asked. A narrower mandate beats a wider one: one that names the action before one
 * that names the field, and that before one that names the country. Where the question leaves something open, all
 * that may turn out to be the one are named, and what would settle it.
 */
export function mandateFor(question: MandateQuestion, mandates: readonly Mandate[]): MandateAnswer {
  const fitting = mandates.filter((mandate) => fits(question, mandate))
  if (fitting.length === 0) return nobody(question, mandates)
  const narrowest = unbeaten(question, fitting)
  const bodies = distinct(narrowest.map(({ body }) => body)).map((body) => mandated(question, body, fitting))
  const [only] = bodies
  if (bodies.length === 1) return { answer: 'body', ...only! }
  return { answer: 'several', bodies, ask: wouldNarrow(question, narrowest) }
}

/** Whether a mandate covers everything that the question says. */
function fits(question: MandateQuestion, mandate: Mandate): boolean {
  return (
    isAsked(question, mandate) &&
    reaches(mandate.countries, question.country) &&
    reaches(mandate.fields, question.field) &&
    reaches(mandate.actions, question.action) &&
    holdsOn(mandate, question.on)
  )
}

function isAsked({ purpose, kind }: MandateQuestion, mandate: Mandate): boolean {
  return mandate.purpose === purpose && (kind === undefined || mandate.bodyKinds.includes(kind))
}

function reaches<Value>(limit: readonly Value[] | null, asked: Value | undefined): boolean {
  return limit === null || asked === undefined || limit.includes(asked)
}

/** Whether a mandate is in force on a day; its first and its last day count. */
export function holdsOn({ from, until }: Pick<Mandate, 'from' | 'until'>, day: Temporal.PlainDate): boolean {
  return (from === null || compare(from, day) <= 0) && (until === null || compare(until, day) >= 0)
}

// Temporal.PlainDate.compare without the polyfill: this file also runs in a browser.
function compare(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  const [one, other] = [a.toString(), b.toString()]
  return one < other ? -1 : one > other ? 1 : 0
}

/** Those among which it is decided: all that no narrower one beats, whatever the question left open. */
function unbeaten(question: MandateQuestion, fitting: readonly Mandate[]): Mandate[] {
  return fitting.filter(
    (one) => !fitting.some((other) => narrowness(other) > narrowness(one) && coversOpen(question, other, one))
  )
}

/** Whether a mandate holds wherever the other does, as far as the question left that open. */
function coversOpen({ country, field, action }: MandateQuestion, wide: Mandate, one: Mandate): boolean {
  return (
    (country !== undefined || covers(wide.countries, one.countries)) &&
    (field !== undefined || covers(wide.fields, one.fields)) &&
    (action !== undefined || covers(wide.actions, one.actions))
  )
}

function covers(wide: readonly string[] | null, narrow: readonly string[] | null): boolean {
  return wide === null || (narrow !== null && narrow.every((value) => wide.includes(value)))
}

function narrowness({ actions, fields, countries }: Mandate): number {
  return (actions ? 4 : 0) + (fields ? 2 : 0) + (countries ? 1 : 0)
}

/** A body with the narrowest mandate it has, and the unit where exactly one of its units has it. */
function mandated(question: MandateQuestion, body: string, fitting: readonly Mandate[]): Mandated {
  const own = fitting.filter((mandate) => mandate.body === body)
  const ofUnits = unbeaten(
    question,
    own.filter(({ unit }) => unit !== null)
  )
  const [unit, another] = distinct(ofUnits.map((mandate) => mandate.unit))
  if (unit && !another) return { body, unit, mandate: ofUnits[0]! }
  return { body, unit: null, mandate: unbeaten(question, own)[0]! }
}

function wouldNarrow(question: MandateQuestion, rivals: readonly Mandate[]): Narrowing[] {
  const open: [Narrowing, boolean][] = [
    ['country', question.country === undefined && differ(rivals.map(({ countries }) => countries))],
    ['field', question.field === undefined && differ(rivals.map(({ fields }) => fields))],
    ['action', question.action === undefined && differ(rivals.map(({ actions }) => actions))]
  ]
  return open.filter(([, narrows]) => narrows).map(([narrowing]) => narrowing)
}

function differ(limits: (readonly string[] | null)[]): boolean {
  return new Set(limits.map((limit) => (limit === null ? '' : [...limit].sort().join()))).size > 1
}

/** Why there is nobody: the day first, because a mandate that ended says most. */
function nobody(question: MandateQuestion, mandates: readonly Mandate[]): MandateAnswer {
  const asked = mandates.filter((mandate) => isAsked(question, mandate))
  const country = asked.filter((mandate) => reaches(mandate.countries, question.country))
  const field = country.filter(
    (mandate) => reaches(mandate.fields, question.field) && reaches(mandate.actions, question.action)
  )
  const [otherDay] = field
  if (otherDay) return { answer: 'none', because: 'not-that-day', nearest: otherDay }
  const [otherField] = country.filter((mandate) => holdsOn(mandate, question.on))
  if (otherField) return { answer: 'none', because: 'other-field', nearest: otherField }
  const [otherCountry] = asked.filter((mandate) => holdsOn(mandate, question.on))
  if (otherCountry) return { answer: 'none', because: 'other-country', nearest: otherCountry }
  return { answer: 'none', because: 'nobody' }
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
