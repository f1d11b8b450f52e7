import type { Problem } from '#shared/forms/refused.ts'
import { type LocalMoment, meaningOf } from '#shared/time/local-moment.ts'
import { Temporal } from 'temporal-polyfill'
import { budgetProblems } from './budget.ts'
import { type CallKind, type CallTerms, neededLanguages } from './call.ts'
import { type BodyKind, type GuideTimes, departureOf } from './deadline-rules.ts'
import type { OpenFrom } from './life.ts'

/** What is known around a call when it is asked whether it is ready. */
export type Around = {
  kind: CallKind
  body: BodyKind
  times: GuideTimes
  /** Fields of each action of the edition. */
  actions: ReadonlyMap<string, readonly string[]>
  /** Ids of the edition's priorities. */
  priorities: ReadonlySet<string>
  /** What is wrong with the call's own rules. */
  rules: readonly { line: number; column: number; message: string }[]
}

/**
 * What has to be settled before a second officer reviews it. Fields are those of the terms, so that each leads to the
 * step of the editor in which it stands.
 */
export function problemsOf(terms: CallTerms, around: Around): Problem[] {
  return [
    ...texts(terms),
    ...scope(terms, around),
    ...times(terms, around),
    ...budgetProblems(terms.budget),
    ...experts(terms),
    ...contact(terms),
    ...terms.priorities
      .filter((id) => !around.priorities.has(id))
      .map((id): Problem => ({ field: 'priorities', key: 'calls.problem.priority', args: { id } })),
    ...around.rules.map(({ line, column, message }): Problem => ({
      field: 'rules',
      key: 'calls.problem.rule',
      args: { line, column, message }
    }))
  ]
}

/** When it takes applications. @throws RangeError before problemsOf found nothing */
export function periodOf({ opens, deadline }: CallTerms): OpenFrom {
  const at = (moment: LocalMoment | null) => {
    const meaning = moment ? meaningOf(moment) : undefined
    if (meaning?.comes !== 'once') throw new RangeError('The call has no opening or no deadline')
    return meaning.at
  }
  return { opensAt: at(opens), closesAt: at(deadline) }
}

function texts({ title, text, applicants }: CallTerms): Problem[] {
  const missing = (name: 'title' | 'text', of: Readonly<Record<string, string>>) =>
    neededLanguages
      .filter((language) => !of[language])
      .map((language): Problem => ({ field: `${name}.${language}`, key: `calls.problem.${name}-missing` }))
  const half = neededLanguages.filter((language) => !applicants[language])
  return [
    ...missing('title', title),
    ...missing('text', text),
    // Who may apply is said in both languages or in none: then the rules say it.
    ...(half.length === 1
      ? [{ field: `applicants.${half[0]}`, key: 'calls.problem.applicants-missing' as const }]
      : [])
  ]
}

function scope({ actions, applicants, rules }: CallTerms, around: Around): Problem[] {
  if (actions.length === 0) {
    if (around.kind === 'proposals') return [{ field: 'actions', key: 'calls.problem.actions-missing' }]
    // Outside a guide nothing else would say who may apply.
    return rules === '' && Object.keys(applicants).length === 0
      ? [{ field: 'applicants.lv', key: 'calls.problem.who-missing' }]
      : []
  }
  return actions.flatMap(({ action, fields }): Problem[] => {
    const known = around.actions.get(action)
    if (!known) return [{ field: 'actions', key: 'calls.problem.action-unknown', args: { action } }]
    if (fields.length === 0) return [{ field: 'actions', key: 'calls.problem.fields-missing' }]
    const foreign = fields.find((field) => !known.includes(field))
    return foreign ? [{ field: 'actions', key: 'calls.problem.field-foreign', args: { action } }] : []
  })
}

function times(terms: CallTerms, around: Around): Problem[] {
  const { opens, deadline, departure, actions } = terms
  const problems = [...moment('opens', opens), ...moment('deadline', deadline)]
  if (problems.length > 0) return problems
  const { opensAt, closesAt } = periodOf(terms)
  if (Temporal.Instant.compare(opensAt, closesAt) >= 0) {
    return [{ field: 'deadline', key: 'calls.problem.deadline-before-opening' }]
  }
  const departs = departureOf(deadline!, actions, around.body, around.times)
  if (!departs || departure !== '') return []
  if (departs.of === 'hour') {
    return [{ field: 'departure', key: 'calls.problem.departure-hour', args: { hour: departs.hour } }]
  }
  const [first] = departs.guide
  return [
    { field: 'departure', key: 'calls.problem.departure-day', args: { day: first!.day, hour: first!.hour } }
  ]
}

/** What is wrong with a day and an hour: missing, or left out or shown twice by the clocks of Brussels. */
export function moment(field: 'opens' | 'deadline', given: LocalMoment | null): Problem[] {
  if (given === null) return [{ field, key: 'form.missing' }]
  const meaning = meaningOf(given)
  switch (meaning.comes) {
    case 'once':
      return []
    case 'never':
      return [
        {
          field,
          key: 'calls.problem.hour-never',
          args: { hour: given.hour, from: meaning.from.hour, to: meaning.to.hour }
        }
      ]
    case 'twice':
      return [{ field, key: 'calls.problem.hour-twice', args: { hour: given.hour } }]
    case 'unreadable':
      return [{ field, key: 'form.not-a-day' }]
  }
}

/** Each line of the plan reaches further than the one before, and the last reaches any amount. */
function experts({ assessment: { experts: lines } }: CallTerms): Problem[] {
  const field = 'assessment.experts'
  const limits = lines.map(({ upToCents }) => upToCents)
  const rising = limits.every(
    (limit, at) => at === 0 || limit === null || limit > (limits[at - 1] ?? Infinity)
  )
  const ends = limits.length === 0 || limits.at(-1) === null
  return rising && ends ? [] : [{ field, key: 'calls.problem.experts' }]
}

function contact({ contact: { name, email, phone, page } }: CallTerms): Problem[] {
  return name || email || phone || page
    ? []
    : [{ field: 'contact.name', key: 'calls.problem.contact-missing' }]
}
