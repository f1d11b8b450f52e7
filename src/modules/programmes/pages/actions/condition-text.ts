import type { Condition, Who } from '#shared/rules/vocabulary.ts'
import { formatList } from '#shared/texts/format.ts'
import { type Field, isField } from '../../programme-data.ts'
import type { ActionPage } from './action-page.ts'

/**
 * When a value holds, as a short heading: the choices themselves where answers decide (“Lot 2: blueprint”), else the
 * field, else who takes part.
 */
export function conditionText(when: Condition, page: ActionPage): string {
  const parts = [
    ...(when.field === undefined ? [] : [fieldText([when.field].flat(), page)]),
    ...Object.entries(when.answer ?? {}).map(([key, value]) => answerText(key, value, page)),
    ...(when.some ? [page.t('actions.when.some', { who: whoText(when.some, page) })] : []),
    ...(when.only ? [page.t('actions.when.only', { who: whoText(when.only, page) })] : [])
  ]
  return parts.join('; ')
}

/** Fields in words; nearly all of the action's fields are said by what is missing. */
export function fieldText(given: readonly string[], { t, language, view }: ActionPage): string {
  const name = (field: Field) => t(`rules.field.${field}`)
  const fields = given.filter(isField)
  const missing = view.fields.filter((field) => !fields.includes(field))
  if (missing.length === 1 && fields.length > 2) {
    return t('actions.when.field-except', { field: missing[0]! })
  }
  return t('actions.when.field', { fields: formatList(fields.map(name), language) })
}

function answerText(key: string, value: unknown, { t, language, view }: ActionPage): string {
  const question = view.questions.find((one) => one.key === key)
  const labels = [value].flat().map((one) => {
    const option = question?.options?.find((candidate) => candidate.value === one)
    if (option) return shortLabel(option[language])
    return typeof one === 'boolean' ? t(one ? 'rules.yes' : 'rules.no') : String(one)
  })
  const choice = formatList(labels, language, 'or')
  const named = typeof value !== 'boolean' && question?.options
  return named || !question ? choice : t('actions.when.answer', { question: question.ask[language], choice })
}

/** “Lot 2: blueprint …” is called “Lot 2” where it is a heading; the questions on the page say it in full. */
function shortLabel(label: string): string {
  const [head] = label.split(':')
  return head && head !== label && /\d/.test(head) ? head : label
}

function whoText(who: Who, { t, language, names }: ActionPage): string {
  const kinds = (ids: readonly string[]) =>
    formatList(
      ids.map((id) => names.kinds[id]?.[language] ?? id),
      language,
      'or'
    )
  const sets = (ids: readonly string[]) =>
    formatList(
      ids.map((id) => names.countrySets[id]?.[language] ?? id),
      language,
      'or'
    )
  const ngo = who['european-ngo']
  return [
    ...(who.roles ?? []).map((role) => t(`actions.role.${role}`)),
    ...(who.are ? [kinds(who.are)] : []),
    ...(who['are-not'] ? [t('actions.when.are-not', { kinds: kinds(who['are-not']) })] : []),
    ...(who.in ? [t('actions.when.in', { sets: sets(who.in) })] : []),
    ...(who['not-in'] ? [t('actions.when.not-in', { sets: sets(who['not-in']) })] : []),
    ...(ngo === undefined ? [] : [t(ngo ? 'actions.when.european-ngo' : 'actions.when.not-european-ngo')])
  ].join(', ')
}

/** Values under the condition they share, in their order; those without a condition come first. */
export function byCondition<T extends { when?: Condition }>(
  values: readonly T[]
): { when: Condition | undefined; values: T[] }[] {
  const groups = new Map<string, { when: Condition | undefined; values: T[] }>()
  for (const value of values) {
    const key = JSON.stringify(value.when ?? null)
    const group = groups.get(key)
    if (group) group.values.push(value)
    else groups.set(key, { when: value.when, values: [value] })
  }
  return [...groups.values()].sort((a, b) => Number(a.when !== undefined) - Number(b.when !== undefined))
}
