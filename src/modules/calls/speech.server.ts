import { countryName, isField } from '#modules/programmes'
import { listActions, type Programmes } from '#server/programmes'
import {
  type Language,
  type Say,
  formatInstant,
  formatMoment,
  formatList,
  formatMoney,
  programmeZone,
  texts
} from '#shared/texts/index.ts'
import { type LocalMoment, meaningOf } from '#shared/time/local-moment.ts'
import type { AssessmentPlan, Budget, CallDocument, Contact, OpenedAction, SplitKind } from './call.ts'
import { type CallBody, bodyIn, calledIn } from './bodies.server.ts'
import type { Change, TermField } from './changes.ts'
import type { CallFilter } from './filter.ts'

/** What is needed to put terms into words of one language. */
export type Speech = {
  language: Language
  t: Say
  action: (id: string) => string
  priority: (id: string) => string
  /** A type of organisation. */
  type: (id: string) => string
}

/** A change in words: what it is about, what it said and what it says now; '' for nothing. */
export type SpokenChange = { field: TermField; label: string; from: string; to: string }

export function speechFor(app: { programmes: Programmes }, language: Language): Speech {
  const actions = new Map(listActions(app).map(({ action, names }) => [action, names[language]]))
  // Of all editions: a call may have named one that the next edition no longer has.
  const priorities = new Map(
    app.programmes.programme.priorities.map(({ id, names }) => [id, names[language]])
  )
  const types = new Map(app.programmes.programme.types.map(({ id, names }) => [id, names[language]]))
  return {
    language,
    t: texts(language),
    action: (id) => actions.get(id) ?? id,
    priority: (id) => priorities.get(id) ?? id,
    type: (id) => types.get(id) ?? id
  }
}

/** Puts a change into words. */
export function sayChange({ field, from, to }: Change, speech: Speech): SpokenChange {
  return {
    field,
    label: labelOf(field, speech),
    from: sayValue(field, from, speech),
    to: sayValue(field, to, speech)
  }
}

/** What a field is called: “Deadline”, “Title (Latvian)”. */
export function labelOf(field: TermField, { t, language }: Speech): string {
  const [name, of] = field.split('.') as [string, string | undefined]
  const label = t(`calls.field.${name as 'title'}`)
  return of === undefined ? label : `${label} (${languageName(of, language)})`
}

/** What a field says, in words; several lines where it lists things. */
export function sayValue(field: TermField, value: unknown, speech: Speech): string {
  if (value === null || value === undefined) return ''
  switch (field) {
    case 'opens':
    case 'deadline':
      return sayMoment(value as LocalMoment, speech.language)
    case 'actions':
      return (value as OpenedAction[]).map((one) => sayAction(one, speech)).join('\n')
    case 'budget':
      return sayBudget(value as Budget, speech)
    case 'priorities':
      return (value as string[]).map(speech.priority).join('\n')
    case 'documents':
      return (value as CallDocument[]).map(({ title, address }) => `${title}: ${address}`).join('\n')
    case 'contact':
      return sayContact(value as Contact)
    case 'languages':
      return (value as string[]).map((code) => languageName(code, speech.language)).join(', ')
    case 'assessment':
      return sayAssessment(value as AssessmentPlan, speech).join('\n')
    default:
      return typeof value === 'string' ? value : JSON.stringify(value)
  }
}

/** A day and an hour of Brussels, and the reader's clock where it differs. */
export function sayMoment(moment: LocalMoment, language: Language): string {
  const meaning = meaningOf(moment)
  return meaning.comes === 'once'
    ? formatInstant(meaning.at.toString(), language)
    : `${moment.day} ${moment.hour}`
}

/** A day and an hour in short, for columns whose heads say that it is Brussels time: 05.03.2026. 12:00. */
export function sayMomentShort(moment: LocalMoment, language: Language): string {
  const meaning = meaningOf(moment)
  return meaning.comes === 'once'
    ? formatMoment(meaning.at.toString(), language, programmeZone)
    : `${moment.day} ${moment.hour}`
}

/** An opened action with its fields, round and strands. */
export function sayAction({ action, fields, round, strands }: OpenedAction, speech: Speech): string {
  const { t, language } = speech
  const more = [
    formatList(
      fields.map((field) => t(`rules.field.${field}`)),
      language
    ),
    ...(round ? [t('calls.round', { round })] : []),
    ...(strands ?? [])
  ]
  return `${speech.action(action)}: ${more.join(', ')}`
}

/** What a part of the money is for. */
export function sayPart(by: SplitKind, of: string, { t, language, action }: Speech): string {
  if (by === 'field') return isField(of) ? t(`rules.field.${of}`) : of
  if (by === 'action') return action(of)
  return by === 'country' && /^[A-Z]{2}$/.test(of) ? countryName(of, language) : of
}

function sayBudget({ cents, splits }: Budget, speech: Speech): string {
  if (cents === null) return ''
  const parts = splits.flatMap(({ by, parts }) =>
    parts.map((part) => `${sayPart(by, part.of, speech)}: ${formatMoney(part.cents, speech.language)}`)
  )
  return [formatMoney(cents, speech.language), ...parts].join('\n')
}

function sayContact({ name, email, phone, page }: Contact): string {
  return [name, email, phone, page].filter((part) => part !== '').join('\n')
}

/** The assessment plan in sentences. */
export function sayAssessment(plan: AssessmentPlan, { t, language }: Speech): string[] {
  const { experts, thirdExpert, consolidation, thresholdPoints } = plan
  return [
    ...experts.map(({ upToCents, experts: count }) =>
      upToCents === null
        ? t(experts.length > 1 ? 'calls.assessment.experts-above' : 'calls.assessment.experts', { count })
        : t('calls.assessment.experts-up-to', { count, amount: formatMoney(upToCents, language) })
    ),
    ...(experts.length > 0 ? [t(`calls.assessment.consolidation.${consolidation}`)] : []),
    ...(thirdExpert
      ? [
          t(
            thirdExpert.unlessBothBelowThreshold ? 'calls.assessment.third-unless' : 'calls.assessment.third',
            {
              points: thirdExpert.abovePoints
            }
          )
        ]
      : []),
    ...(thresholdPoints === null ? [] : [t('calls.assessment.threshold', { points: thresholdPoints })])
  ]
}

/** What a search asks for, in words: “school education, Latvia”; '' for all calls. */
export function sayFilter(
  filter: CallFilter,
  { t, language, action, type }: Speech,
  bodies: ReadonlyMap<string, CallBody>
): string {
  const said = [
    ...(filter.text ? [`“${filter.text}”`] : []),
    ...filter.fields.map((field) => t(`rules.field.${field}`)),
    ...filter.actions.map(action),
    ...filter.kinds.map((kind) => t(`calls.kind.${kind}`)),
    ...filter.bodies.map((id) => calledIn(language, bodyIn(bodies, id))),
    ...filter.countries.map((code) => countryName(code, language)),
    ...filter.editions.map(String),
    ...(filter.from ? [`${t('calls.filter.from')}: ${countryName(filter.from, language)}`] : []),
    ...(filter.type ? [`${t('calls.filter.type')}: ${type(filter.type)}`] : [])
  ]
  return said.join(', ')
}

/** The name of a language in another: latviešu, Latvian. */
export function languageName(code: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code
}
