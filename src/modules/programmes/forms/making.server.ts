import { inEdition } from '#shared/rules/editions.ts'
import type { Condition, Words } from '#shared/rules/vocabulary.ts'
import { cited } from '../citations.server.ts'
import type { FormCondition, FormOption, FormSource, ProgrammeList } from '../form-data.ts'
import { type Allowance, grantRules, sumsLeft, widestOf } from '../own-grants.ts'
import type {
  AwardCriteriaData,
  BudgetData,
  Field,
  ManagingBody,
  RuleData,
  SourceRef
} from '../programme-data.ts'
import type { ActionFiles, Programme } from '../programme.server.ts'
import type { FormScope, FundingModel } from './form-file.ts'

/** Which form is meant. `body` is left out by whoever has no call yet: the body that runs it by rule is taken. */
export type FormWanted = { action: string; edition: number; field?: Field; body?: ManagingBody }

/** What making one form knows before anybody answers. */
export type Making = {
  programme: Programme
  files: ActionFiles
  edition: number
  field?: Field
  body: ManagingBody
  funding: { model: FundingModel; amounts: readonly number[]; condition?: FormCondition }[]
  /** The award criteria of the edition with their citation; undefined where none are known. */
  award?: AwardCriteriaData['award-criteria'][number]
  /** The action's rules of the edition that can hold here, shared ones first. */
  rules: readonly RuleData[]
  lists: Partial<Record<ProgrammeList, readonly FormOption[]>>
}

/** What a condition of a rule comes to in a form: impossible here, or holding under a condition, or not to be said. */
export type Asked = { possible: boolean; sure: boolean; condition?: FormCondition }

export function startMaking(
  programme: Programme,
  files: ActionFiles,
  wanted: FormWanted,
  lists: Making['lists']
): Making {
  const { edition, field } = wanted
  const known = { ...(field && { field }), body: wanted.body ?? bodyByRule(files, edition, field) }
  const possible = ({ editions, when }: { editions: RuleData['editions']; when?: Condition }) =>
    inEdition(editions, edition) && askedWhen(when, known).possible
  const own = files.eligibility
  const common = programme.commonRules.filter(({ id }) => own.common?.includes(id))
  const award = files.award['award-criteria'].find(possible)
  return {
    programme,
    files,
    edition,
    ...known,
    funding: fundingOf(files.budget.funding.filter(possible), grantsIn(own.rules, edition, known), known),
    ...(award && { award }),
    rules: [...common, ...own.rules].filter(possible),
    lists
  }
}

/** Who runs it, as long as nobody says that a European NGO coordinates. */
function bodyByRule(files: ActionFiles, edition: number, field: Field | undefined): ManagingBody {
  const entries = files.action['managed-by'].filter(({ editions }) => inEdition(editions, edition))
  const plain = entries.find(
    ({ when }) => fieldPossible(when?.field, field) && when?.some?.['european-ngo'] !== true
  )
  return (plain ?? entries[0])?.body ?? 'executive-agency'
}

/** A call outside any guide says nothing of it: then it is unknown. */
function fundingOf(
  entries: readonly BudgetData['funding'][number][],
  grants: readonly Allowance[],
  known: { field?: Field; body: ManagingBody }
): Making['funding'] {
  if (entries.length === 0) return [{ model: 'unknown', amounts: [] }]
  return entries.map((one) => ({
    model: one.model,
    amounts: centsOf(one, grants),
    ...conditionPart(askedWhen(one.when, known))
  }))
}

/** Amounts stand in whole euros in budget.yaml, and in rules. */
function centsOf(funding: BudgetData['funding'][number], grants: readonly Allowance[]): number[] {
  const sums = funding['lump-sums']
  return sums ? sumsLeft(sums, grants).sums.map((euros) => euros * 100) : [] // not of a guide: cents of a euro
}

/** What rules allow of the grant, as far as it is known before anybody answers. */
function grantsIn(
  rules: readonly RuleData[],
  edition: number,
  known: { field?: Field; body: ManagingBody }
): Allowance[] {
  return grantRules(rules, edition).flatMap(({ value, when }): Allowance[] => {
    const { possible, sure, condition } = askedWhen(when, known)
    if (!possible) return []
    return [{ limits: widestOf(value), sure: sure && !condition && !value.cases && !value.per }]
  })
}

/** A rule's `when` in terms of a form: fields and bodies are known, answers become conditions, the rest stays open. */
export function askedWhen(when: Condition | undefined, known: { field?: Field; body: ManagingBody }): Asked {
  if (!when) return { possible: true, sure: true }
  if (!fieldPossible(when.field, known.field)) return { possible: false, sure: true }
  const ngo = when.some?.['european-ngo']
  if (ngo !== undefined && (known.body === 'executive-agency') !== ngo) return { possible: false, sure: true }
  const parts: FormCondition[] = Object.entries(when.answer ?? {}).map(([key, value]) =>
    answered(`eligibility.${key}`, value)
  )
  if (when.field && !known.field) parts.push({ field: when.field as Field | Field[] })
  return {
    possible: true,
    sure: !when.only && (!when.some || ngo !== undefined),
    ...(parts.length > 0 && { condition: allOf(parts) })
  }
}

function fieldPossible(wanted: Condition['field'], field: Field | undefined): boolean {
  return wanted === undefined || field === undefined || [wanted].flat().includes(field)
}

function answered(path: string, value: unknown): FormCondition {
  const values = [value].flat() as (string | number | boolean)[]
  if (values.length === 1) return { answer: path, is: values[0]! }
  return { 'any-of': values.map((one) => ({ answer: path, is: one })) }
}

function conditionPart({ condition }: Asked): { condition?: FormCondition } {
  return condition ? { condition } : {}
}

/** Whether a part of a file belongs into this form. */
export function belongs(scope: FormScope, making: Making): boolean {
  return (
    inEdition(scope.editions, making.edition) &&
    (!scope.fields || !making.field || scope.fields.includes(making.field)) &&
    (!scope.body || scope.body === making.body) &&
    (!scope.funding || making.funding.some(({ model }) => scope.funding!.includes(model)))
  )
}

/** When a part that belongs is shown: its own condition, and that of the way of funding it is for. */
export function shownWhen(
  scope: FormScope & { shown?: FormCondition },
  making: Making
): { shown?: FormCondition } {
  const parts: FormCondition[] = scope.shown ? [scope.shown] : []
  const funding = making.funding.filter(({ model }) => scope.funding?.includes(model))
  if (funding.length > 0 && funding.every(({ condition }) => condition)) {
    parts.push(anyOf(funding.map(({ condition }) => condition!)))
  }
  if (scope.fields && !making.field) parts.push({ field: scope.fields })
  return parts.length > 0 ? { shown: allOf(parts) } : {}
}

export function allOf(parts: readonly FormCondition[]): FormCondition {
  return parts.length === 1 ? parts[0]! : { 'all-of': parts }
}

function anyOf(parts: readonly FormCondition[]): FormCondition {
  return parts.length === 1 ? parts[0]! : { 'any-of': parts }
}

/** Where it is said, for people to look it up. */
export function sourcesOf(sources: SourceRef[] | undefined, making: Making): { sources?: FormSource[] } {
  if (!sources) return {}
  const citations = cited(making.programme, { sources }, making.edition).sources
  return { sources: citations.map(({ kind: _kind, ...source }) => source) }
}

/** Sentences one after the other. */
export function joined(sentences: readonly (Words | undefined)[]): Words | undefined {
  const all = sentences.filter((one) => one !== undefined)
  if (all.length === 0) return undefined
  return { en: all.map(({ en }) => en).join(' '), lv: all.map(({ lv }) => lv).join(' ') }
}
