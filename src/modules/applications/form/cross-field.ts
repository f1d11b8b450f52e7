import { Temporal } from 'temporal-polyfill'
import type { FormQuestion, FormRule, FormSection } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { holds, isShown } from './conditions.ts'
import { answerAt, pathOf, placesOf, valueOf, type Filled, type Place } from './filled.ts'

/** A rule over several answers that does not hold, with the answers that break it. */
export type BrokenRule = { rule: FormRule; paths: string[] }

/** One value a rule speaks of. */
type Found = { path: string; place: Place; value: unknown }

/** The rules of the form that do not hold. What is not answered yet breaks no rule. */
export function brokenRules(filled: Filled): BrokenRule[] {
  return filled.form.rules.flatMap((rule) => {
    const section = namedBy(rule).flatMap((of) => sectionAndQuestion(filled, of)[0] ?? [])[0]
    if (!section) return []
    if (rule.shown && !holds(rule.shown, filled, { section })) return []
    const paths = [...new Set(breaking(filled, rule))]
    return paths.length > 0 ? [{ rule, paths }] : []
  })
}

/** Which answers are broken by rules that stand in the way, with what those say. */
export function brokenIn(filled: Filled): Map<string, Words[]> {
  const broken = new Map<string, Words[]>()
  for (const { rule, paths } of brokenRules(filled)) {
    if (rule.severity !== 'block') continue
    for (const path of paths) broken.set(path, [...(broken.get(path) ?? []), rule.says])
  }
  return broken
}

/** The answers that a rule is about, as section.question[.column]. */
export function namedBy(rule: FormRule): readonly string[] {
  return typeof rule.of === 'string' ? [rule.of] : rule.of
}

function breaking(filled: Filled, rule: FormRule): string[] {
  const found = namedBy(rule).flatMap((of) => valuesAt(filled, of))
  switch (rule.word) {
    case 'window':
      return found
        .filter(({ value }) => typeof value === 'string' && (value < rule.from || value > rule.until))
        .map(({ path }) => path)
    case 'order':
      return found.flatMap((first) =>
        valuesAt(filled, rule.then)
          .filter((then) => together(first.place, then.place) && isAbove(first.value, then.value))
          .flatMap((then) => [first.path, then.path])
      )
    case 'within':
      return outside(filled, rule, found)
    case 'sum':
      return sumBreaking(filled, rule, found)
    case 'different':
      return found
        .filter(({ value }) => found.filter((other) => sameText(other.value, value)).length > 1)
        .map(({ path }) => path)
  }
}

/** Days before the first one, or after so many months from it. */
function outside(filled: Filled, rule: FormRule & { word: 'within' }, found: readonly Found[]): string[] {
  const [from] = valuesAt(filled, rule.from)
  if (typeof from?.value !== 'string') return []
  const [months] = valuesAt(filled, rule.months)
  const end =
    typeof months?.value === 'number'
      ? Temporal.PlainDate.from(from.value).add({ months: months.value }).toString()
      : undefined
  const out = found.filter(
    ({ value }) =>
      typeof value === 'string' && (value < (from.value as string) || (end !== undefined && value >= end))
  )
  return out.map(({ path }) => path)
}

/** Values of the same row belong together; a value that stands once goes with all. */
function together(one: Place, other: Place): boolean {
  if (one.section.id !== other.section.id)
    return !one.participant || !other.participant || one.participant === other.participant
  return one.participant === other.participant && one.row === other.row
}

/** Numbers by size, days by the calendar; what cannot be compared is not above. */
function isAbove(first: unknown, then: unknown): boolean {
  if (typeof first === 'number' && typeof then === 'number') return first > then
  return typeof first === 'string' && typeof then === 'string' && first > then
}

function sumBreaking(filled: Filled, rule: FormRule & { word: 'sum' }, found: readonly Found[]): string[] {
  if (found.length === 0) return []
  const sum = found.reduce((total, { value }) => total + (typeof value === 'number' ? value : 0), 0)
  const bound = rule.equals ?? rule['at-most']
  const wanted =
    typeof bound === 'string'
      ? valuesAt(filled, bound).find(({ value }) => typeof value === 'number')
      : undefined
  const limit = typeof bound === 'number' ? bound : (wanted?.value as number | undefined)
  if (limit === undefined) return []
  const broken = rule.equals !== undefined ? sum !== limit : sum > limit
  return broken ? [...found.map(({ path }) => path), ...(wanted ? [wanted.path] : [])] : []
}

function sameText(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? value.trim().toLocaleLowerCase() : value)
  return plain(one) === plain(other)
}

/** Every value at section.question[.column] that is asked and answered now. */
function valuesAt(filled: Filled, path: string): Found[] {
  const [section, question, column] = sectionAndQuestion(filled, path)
  if (!section || !question) return []
  return placesOf(filled, section).flatMap((place) => {
    if (!isShown(filled, place, question)) return []
    const value = valueOf(answerAt(filled, place, question.id))
    const at = pathOf(place, question.id)
    if (value === undefined) return []
    if (column === undefined) return [{ path: at, place, value }]
    const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
    return rows
      .map((row) => ({ path: at, place, value: row[column] }))
      .filter((one) => one.value !== undefined && one.value !== '')
  })
}

function sectionAndQuestion(
  { form }: Filled,
  path: string
): [FormSection | undefined, FormQuestion | undefined, string | undefined] {
  const [sectionId, questionId, column] = path.split('.')
  const section = form.sections.find(({ id }) => id === sectionId)
  return [section, section?.questions.find(({ id }) => id === questionId), column]
}
