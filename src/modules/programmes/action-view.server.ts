import { Temporal } from 'temporal-polyfill'
import type { Severity } from '#shared/rules/check.ts'
import { inEdition, type Editions } from '#shared/rules/editions.ts'
import { partsOf, type Condition, type RuleBody, type Words } from '#shared/rules/vocabulary.ts'
import { cited, type Cited } from './citations.server.ts'
import type {
  DeadlineData,
  Field,
  LimitData,
  ManagingBody,
  OtherReading,
  QuestionData,
  RateData,
  SourceRef
} from './programme-data.ts'
import { existsIn } from './programmes.server.ts'
import type { Programme } from './programme.server.ts'

/** The clock of the programme: every deadline is an hour of Brussels. */
const PROGRAMME_ZONE = 'Europe/Brussels'

export type DeadlineView = Cited & {
  /** UTC instant, ISO 8601. */
  instant: string
  on: string
  at: string
  body?: ManagingBody
  fields?: Field[]
  round?: number
  optional?: true
  when?: Condition
  movedFrom?: string
  note?: Words
}

/** What a rule is about: who may take part, how many together, how long, how much, what is done, how it is judged. */
export type RuleTopic = 'who' | 'composition' | 'duration' | 'grant' | 'content' | 'assessor'

export type RuleView = Cited & {
  id: string
  says: Words
  severity: Severity
  topic: RuleTopic
  when?: Condition
  settledBy: 'rules' | 'form' | 'assessor'
}

/** A rate or limit; with citations where it has sources of its own, else those of its category hold. */
export type RateView = Omit<RateData, 'editions' | 'sources'> & Partial<Cited>
export type LimitView = Omit<LimitData, 'editions' | 'sources'> & Partial<Cited>

export type CategoryView = Cited & {
  id: string
  names: Words
  basis: 'unit-cost' | 'real-cost' | 'share-of-lump-sum'
  says?: Words
  when?: Condition
  rates: RateView[]
  limits: LimitView[]
}

/** Everything known about one action in one edition, each value with where it stands. */
export type ActionView = {
  action: string
  edition: number
  editions: number[]
  names: Words
  summary: Words
  family: { id: string; names: Words }
  fields: Field[]
  note?: Words
  codes: (Cited & { code: string; field?: Field; note?: Words })[]
  managedBy: (Cited & { body: ManagingBody; when?: Condition; note?: Words })[]
  deadlines: DeadlineView[]
  rules: RuleView[]
  questions: QuestionData[]
  facts: (Cited & { id: string; says: Words; when?: Condition })[]
  funding: (Cited & {
    model: string
    lumpSums?: number[]
    ratePercent?: number
    says: Words
    when?: Condition
  })[]
  categories: CategoryView[]
  awardCriteria: (Cited & {
    threshold: number
    criteria: { id: string; names: Words; points: number; minimum?: number }[]
    ties: string[]
    note?: Words
    when?: Condition
  })[]
}

/** Gathers what the files of an action say about one edition; undefined when the action did not exist in it. */
export function actionView(programme: Programme, id: string, edition: number): ActionView | undefined {
  const files = programme.actions.get(id)
  if (!files) return undefined
  const editions = existsIn(files)
  if (!editions.includes(edition)) return undefined
  const { action, eligibility, budget, award } = files
  const now = <T extends { editions: unknown }>(values: readonly T[] | undefined) =>
    (values ?? []).filter((value) => inEdition(value.editions as number, edition))
  const cite = (value: { sources: SourceRef[]; 'other-readings'?: OtherReading[] }) =>
    cited(programme, value, edition)
  // A rate or limit may rest on another source than its category.
  const part = <T extends { editions?: Editions; sources?: SourceRef[] }>(values: readonly T[] | undefined) =>
    (values ?? [])
      .filter((value) => inEdition(value.editions, edition))
      .map(({ editions: _editions, sources, ...value }) => ({ ...value, ...(sources && cite({ sources })) }))
  const common = programme.commonRules.filter((rule) => eligibility.common?.includes(rule.id))
  const note = now(action.editions).find((one) => one.note)?.note

  return {
    action: id,
    edition,
    editions,
    names: action.names,
    summary: action.summary,
    family: programme.families.find((family) => family.id === action.family)!,
    fields: action.fields,
    ...(note && { note }),
    codes: now(action.codes).map((one) => ({ ...cite(one), code: one.code, ...pick(one, 'field', 'note') })),
    managedBy: now(action['managed-by']).map((one) => ({
      ...cite(one),
      body: one.body,
      ...pick(one, 'when', 'note')
    })),
    deadlines: action.deadlines
      .filter((one) => one.edition === edition)
      .map((one) => deadlineView(one, cite(one)))
      .sort((a, b) => (a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : 0)),
    rules: now([...common, ...eligibility.rules]).map((rule) => ({
      ...cite(rule),
      id: rule.id,
      says: rule.says,
      severity: 'assessor' in rule || 'in-the-form' in rule ? 'info' : (rule.severity ?? 'block'),
      topic: topicOf(rule),
      settledBy: 'assessor' in rule ? 'assessor' : 'in-the-form' in rule ? 'form' : 'rules',
      ...pick(rule, 'when')
    })),
    questions: (eligibility.questions ?? []).filter((question) => inEdition(question.editions, edition)),
    facts: now(action.facts).map((one) => ({
      ...cite(one),
      id: one.id,
      says: one.says,
      ...pick(one, 'when')
    })),
    funding: now(budget.funding).map((one) => ({
      ...cite(one),
      model: one.model,
      says: one.says,
      ...(one['lump-sums'] && { lumpSums: one['lump-sums'] }),
      ...(one['rate-percent'] && { ratePercent: one['rate-percent'] }),
      ...pick(one, 'when')
    })),
    categories: now(budget.categories).map((one) => ({
      ...cite(one),
      id: one.id,
      names: one.names,
      basis: one.basis,
      ...pick(one, 'says', 'when'),
      rates: part(one.rates),
      limits: part(one.limits)
    })),
    awardCriteria: now(award['award-criteria']).map((one) => ({
      ...cite(one),
      threshold: one.threshold,
      criteria: one.criteria,
      ties: one.ties ?? [],
      ...pick(one, 'note', 'when')
    }))
  }
}

/** What a rule is about, from the words it is made of. */
function topicOf(rule: RuleBody): RuleTopic {
  if ('assessor' in rule) return 'assessor'
  if ('in-the-form' in rule || 'answer' in rule) return 'content'
  if ('value' in rule) {
    const { of } = rule.value
    return of === 'durationMonths' ? 'duration' : of === 'grantEur' ? 'grant' : 'content'
  }
  if ('everyone' in rule || 'one-group' in rule || 'fields' in rule) return 'who'
  const topics = partsOf(rule).map(topicOf)
  return topics.find((topic) => topic !== 'who') ?? topics[0] ?? 'composition'
}

function deadlineView(one: DeadlineData, citations: Cited): DeadlineView {
  const { on, at } = one
  return {
    ...citations,
    instant: Temporal.ZonedDateTime.from(`${on}T${at}[${PROGRAMME_ZONE}]`).toInstant().toString(),
    on,
    at,
    ...pick(one, 'body', 'fields', 'round', 'optional', 'when', 'note'),
    ...(one['moved-from'] && { movedFrom: one['moved-from'] })
  }
}

/** The named properties of a value, those that are there. */
function pick<T extends object, K extends keyof T>(value: T, ...keys: K[]): { [P in K]?: NonNullable<T[P]> } {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]))) as {
    [P in K]?: NonNullable<T[P]>
  }
}
