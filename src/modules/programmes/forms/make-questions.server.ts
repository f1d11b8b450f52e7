import { inEdition } from '#shared/rules/editions.ts'
import type { ValueName } from '#shared/rules/vocabulary.ts'
import type { AnswerKind, FormOptions, FormQuestion, FormSource } from '../form-data.ts'
import type { FactData } from '../programme-data.ts'
import { ruleLimits } from './rule-limits.server.ts'
import type { AnswerEntry, KindEntry, OptionsEntry, QuestionEntry } from './form-file.ts'
import {
  allOf,
  askedWhen,
  belongs,
  joined,
  shownWhen,
  sourcesOf,
  type Asked,
  type Making
} from './making.server.ts'

/** The questions of a section as this form asks them. A question about an empty list of the programme is left out. */
export function questionsOf(entries: readonly QuestionEntry[], making: Making): FormQuestion[] {
  return entries.filter((entry) => belongs(entry, making)).flatMap((entry) => question(entry, making))
}

function question(entry: QuestionEntry, making: Making): FormQuestion[] {
  if (entry.kind === 'file' && entry.pages === 'of-the-programme') return uploads(entry, making)
  const kind = kindOf(entry, making)
  if (!kind) return []
  return [{ ...shared(entry, making), ...kind, id: entry.id }]
}

/** What questions of every kind have. */
function shared(entry: QuestionEntry, making: Making): Omit<FormQuestion, 'id' | 'kind'> {
  const telling = tellingOf(entry, making)
  const answers = making.rules.filter(({ id }) => entry.rules?.includes(id))
  const help = joined([entry.help, ...telling.map(({ says }) => says)])
  const sources: FormSource[] = [
    ...(sourcesOf(entry.sources, making).sources ?? []),
    ...[...answers, ...telling].flatMap((one) => sourcesOf(one.sources, making).sources ?? [])
  ]
  return {
    ...(entry.was && { was: entry.was }),
    ask: entry.ask,
    ...(help && { help }),
    ...(entry.required && { required: entry.required }),
    ...shownWhen(entry, making),
    ...(entry.criterion && { criterion: entry.criterion }),
    ...(entry['rules-about'] && { about: entry['rules-about'] }),
    ...(answers.length > 0 && { rules: answers.map(({ id }) => id) }),
    ...limitsPart(entry['rules-about'], making),
    ...(sources.length > 0 && { sources: withoutDoubles(sources) })
  }
}

/** What the rules allow of a value, where there are any. */
export function limitsPart(about: string | undefined, making: Making): Pick<FormQuestion, 'limits'> {
  const limits = about === undefined ? [] : ruleLimits(about as ValueName, making)
  return limits.length > 0 ? { limits } : {}
}

/** The rules and facts whose sentences help with the answer. */
function tellingOf(entry: QuestionEntry, making: Making) {
  const about = entry['rules-about']
  const rules = making.rules.filter(
    (rule) =>
      about && 'value' in rule && rule.value.of === about && rule.severity !== 'info' && plain(rule, making)
  )
  return [...rules, ...factsOf(making).filter(({ id }) => entry.facts?.includes(id))]
}

/** Whether a rule holds whatever is answered: a sentence for one lot only would mislead the others. */
function plain(rule: { when?: FactData['when'] }, making: Making): boolean {
  const { sure, condition } = askedWhen(rule.when, making)
  return sure && !condition
}

/** The facts of action.yaml that can hold here. */
function factsOf(making: Making): FactData[] {
  return (making.files.action.facts ?? []).filter(
    ({ editions, when }) => inEdition(editions, making.edition) && askedWhen(when, making).possible
  )
}

/**
 * An upload whose limit of pages is a fact of the action: one question for each limit there is, shown under the
 * condition of that limit; without any, one question without a limit.
 */
function uploads(entry: QuestionEntry & { kind: 'file' }, making: Making): FormQuestion[] {
  const base = shared(entry, making)
  const kind = {
    kind: 'file' as const,
    types: entry.types,
    ...(entry.template && { template: entry.template })
  }
  const limits = factsOf(making).flatMap((fact) =>
    typeof fact.values?.pages === 'number' ? [{ fact, pages: fact.values.pages }] : []
  )
  if (limits.length === 0) return [{ ...base, ...kind, id: entry.id }]
  return limits.map(({ fact, pages }) => {
    const asked = askedWhen(fact.when, making)
    const help = joined([base.help, fact.says])
    return {
      ...base,
      ...kind,
      pages,
      ...ofLimit(entry, asked.condition && fact.id),
      ...(help && { help }),
      ...shownToo(base.shown, asked),
      sources: withoutDoubles([...(base.sources ?? []), ...(sourcesOf(fact.sources, making).sources ?? [])])
    }
  })
}

/** The question of one limit of several, wherever it stands: its id ends in that of the fact. */
function ofLimit({ id, was }: QuestionEntry, fact: string | undefined): { id: string; was?: string } {
  const named = (one: string) => (fact === undefined ? one : `${one}-${fact}`)
  return { id: named(id), ...(was !== undefined && { was: named(was) }) }
}

function shownToo(shown: FormQuestion['shown'], { condition }: Asked) {
  const parts = [shown, condition].filter((one) => one !== undefined)
  return parts.length > 0 ? { shown: allOf(parts) } : {}
}

/** What the answer can be; undefined when there would be nothing to choose from. */
function kindOf(entry: KindEntry, making: Making) {
  switch (entry.kind) {
    case 'table': {
      const columns = entry.columns.flatMap(({ id, ask, required, ...answer }) => {
        const kind = answerOf(answer, making)
        return kind ? [{ ...kind, id, ask, ...(required && { required }) }] : []
      })
      const { kind, least, most, row } = entry
      return { kind, columns, most, row, ...(least !== undefined && { least }) }
    }
    case 'file': {
      const { kind, types, pages, template } = entry
      return { kind, types, ...(typeof pages === 'number' && { pages }), ...(template && { template }) }
    }
    default:
      return answerOf(entry, making)
  }
}

function answerOf(entry: AnswerEntry, making: Making): AnswerKind | undefined {
  switch (entry.kind) {
    case 'text':
    case 'line':
      return { kind: entry.kind, limit: entry.limit }
    case 'number': {
      const { decimals, unit } = entry
      return { kind: 'number', ...ends(entry), ...(decimals && { decimals }), ...(unit && { unit }) }
    }
    case 'money': {
      const amounts = amountsOf(entry.amounts, making)
      return { kind: 'money', ...ends(entry), ...(amounts.length > 0 && { amounts }) }
    }
    case 'date':
      return {
        kind: 'date',
        ...(entry.from && { from: entry.from }),
        ...(entry.until && { until: entry.until })
      }
    case 'yes-no':
      return { kind: 'yes-no' }
    case 'choice':
    case 'choices': {
      const options = optionsOf(entry.options, making)
      if (!options) return undefined
      return entry.kind === 'choice'
        ? { kind: 'choice', options }
        : { kind: 'choices', options, ...ends(entry) }
    }
  }
}

function ends({ least, most }: { least?: number; most?: number }) {
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) }
}

function amountsOf(amounts: number[] | 'of-the-programme' | undefined, making: Making): number[] {
  if (amounts !== 'of-the-programme') return amounts ?? []
  return [...new Set(making.funding.flatMap((one) => one.amounts))].sort((a, b) => a - b)
}

function optionsOf(options: OptionsEntry, making: Making): FormOptions | undefined {
  if (!('from' in options)) {
    return options
      .filter(({ editions }) => inEdition(editions, making.edition))
      .map(({ value, en, lv }) => ({ value, names: { en, lv } }))
  }
  const { from } = options
  if (from === 'participants' || from === 'work-packages') return { from }
  return making.lists[from]?.length ? { from } : undefined
}

function withoutDoubles(sources: readonly FormSource[]): FormSource[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()]
}
