import type { App } from '../../../../app.ts'
import { type Field, countryCodes, countryName, fields } from '#modules/programmes'
import { type ActionView, listActions, listPriorities, showAction } from '#server/programmes'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Language } from '#shared/texts/language.ts'
import type { LocalMoment } from '#shared/time/local-moment.ts'
import type { CallBody } from '../../bodies.server.ts'
import type { CallTerms } from '../../call.ts'
import { type BodyKind, deadlinesFor, proposedDeadlines } from '../../deadline-rules.ts'
import type { CallAtDesk } from '../../desk-view.server.ts'
import { guideTimes } from '../../guide.server.ts'
import { languageName, sayMoment } from '../../speech.server.ts'
import { assessmentFrom, assessmentTyped, expertsRow } from './assessment-form.ts'
import { type FromForm, textOf } from './form-values.ts'
import { moneyFrom, moneyRow, moneyTyped } from './money-form.ts'
import { documentRow, papersFrom, papersTyped } from './papers-form.ts'
import type { Part } from './parts.ts'
import { type Choosable, scopeFrom, scopeTyped } from './scope-form.ts'
import { furtherLanguages, textsFrom, textsTyped } from './texts-form.ts'
import { timeFrom, timeTyped } from './time-form.ts'

/** What the steps of the editor offer to choose from. */
export type PartContext = ReturnType<typeof contextOf>

/** Official languages of the Union, and those of associated countries: what a call may accept. */
const acceptable = [...furtherLanguages, 'lv', 'en']

export function contextOf({ programmes }: App, { call, body, what }: CallAtDesk, language: Language) {
  const { terms } = what
  const times = guideTimes({ programmes }, call.edition, terms.actions, body.kind)
  const proposed = proposedDeadlines(terms.actions, body.kind, times)
  const choosable = choosableOf({ programmes }, call.edition, body, terms, language)
  return {
    choosable,
    proposed,
    proposedWords: proposed.map((moment: LocalMoment) => sayMoment(moment, language)),
    hour: times.hour,
    opened: {
      fields: fields.filter((field) => terms.actions.some((one) => one.fields.includes(field))),
      actions: terms.actions.map(({ action }) => ({
        id: action,
        name: choosable.find((one) => one.action === action)?.name ?? action
      }))
    },
    countries: countryCodes
      .map((code) => countryName(code, language))
      .sort((a, b) => a.localeCompare(b, language)),
    countryText: Object.fromEntries(countryCodes.map((code) => [code, countryName(code, language)])),
    priorities: listPriorities({ programmes }, call.edition).map(({ id, kind, field, names }) => ({
      id,
      name: names[language],
      kind,
      field: field as Field | undefined
    })),
    languages: acceptable
      .map((code) => ({ value: code as string, label: languageName(code, language) }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language))
  }
}

/** A step's form filled with terms. */
export function typedOf(part: Part, terms: CallTerms, context: PartContext): Typed {
  switch (part) {
    case 'scope':
      return scopeTyped(terms)
    case 'time':
      return timeTyped(terms, context.proposed)
    case 'texts':
      return textsTyped(terms)
    case 'money':
      return moneyTyped(terms, (code) => context.countryText[code] ?? code)
    case 'priorities':
      return { priorities: [...terms.priorities] }
    case 'papers':
      return papersTyped(terms)
    case 'assessment':
      return assessmentTyped(terms)
    case 'rules':
      return { rules: terms.rules }
  }
}

/** What a step's form makes of the terms. */
export function formFrom(part: Part, typed: Typed, context: PartContext): FromForm<object> {
  switch (part) {
    case 'scope':
      return scopeFrom(typed, context.choosable)
    case 'time':
      return timeFrom(typed, context.proposed)
    case 'texts':
      return textsFrom(typed)
    case 'money':
      return moneyFrom(typed, {
        fields: context.opened.fields,
        actions: context.opened.actions.map(({ id }) => id)
      })
    case 'priorities': {
      const chosen = typed.priorities ?? []
      const priorities = Array.isArray(chosen) ? chosen : [chosen]
      return { change: { priorities: priorities.filter((id) => id !== '') } }
    }
    case 'papers':
      return papersFrom(typed)
    case 'assessment':
      return assessmentFrom(typed)
    case 'rules':
      return { change: { rules: textOf(typed, 'rules') } }
  }
}

/** The repeating groups of a step, with the fields of a row. */
export function groupsOf(part: Part): { group: string; fields: readonly string[] }[] {
  if (part === 'money') return ['country', 'topic'].map((group) => ({ group, fields: moneyRow }))
  if (part === 'papers') return [{ group: 'documents', fields: documentRow }]
  return part === 'assessment' ? [{ group: 'experts', fields: expertsRow }] : []
}

/**
 * Actions of the edition that the body may open, with the fields that the guide gives to bodies of its kind and its
 * mandate to it. What is opened already stays in the list.
 */
function choosableOf(
  app: Pick<App, 'programmes'>,
  edition: number,
  body: CallBody,
  terms: CallTerms,
  language: Language
): Choosable[] {
  return listActions(app, edition).flatMap(({ action, names, fields: own }): Choosable[] => {
    const view = showAction(app, action, edition)
    const opened = terms.actions.find((one) => one.action === action)?.fields ?? []
    const managed = managedFields(view, own, body.kind)
    const offered = own.filter(
      (field) =>
        opened.includes(field) ||
        (managed.includes(field) && (body.fields === undefined || body.fields.includes(field)))
    )
    if (offered.length === 0) return []
    const all = deadlinesFor({ action, fields: [] }, body.kind, {
      deadlines: new Map([[action, view?.deadlines ?? []]])
    })
    const rounds = [...new Set(all.flatMap(({ round }) => round ?? []))].toSorted((a, b) => a - b)
    return [{ action, name: names[language], fields: offered, rounds: rounds.length > 1 ? rounds : [] }]
  })
}

/** The fields of an action that the guide gives to a kind of body. */
function managedFields(
  view: ActionView | undefined,
  own: readonly Field[],
  body: BodyKind
): readonly Field[] {
  if (body === 'other') return own
  const given = (view?.managedBy ?? []).filter((one) => one.body === body).map(({ when }) => when?.field)
  return own.filter((field) => given.some((of) => of === undefined || [of].flat().includes(field)))
}
