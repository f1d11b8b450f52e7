import { fail, redirect } from '@sveltejs/kit'
import { datePartsFrom, datePartsOf, dayFrom } from '#shared/design/date-parts.ts'
import { type ReturnedForm, refuseForm } from '#shared/forms/page-answer.ts'
import { begunBeside, comesBack } from '#shared/forms/begun.ts'
import { fileRefusalText } from '#shared/files/index.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import { factsForCheck } from '#server/organisations'
import { speaksFor } from '../../consortium/people-of.server.ts'
import { acceptMandate } from '../../actions/accept-mandate.ts'
import { changeParticipant } from '../../actions/change-participant.ts'
import { declineParticipation } from '../../actions/decline-participation.ts'
import { removeParticipant } from '../../actions/remove-participant.ts'
import { stateFacts } from '../../actions/state-facts.ts'
import { sendInvitationAgain } from '../../actions/send-invitation-again.ts'
import { mostMandateBytes, uploadMandate } from '../../actions/upload-mandate.ts'
import { mandateSays } from '../../consortium/mandate-document.server.ts'
import { mandateTextFor, mandateWords } from '../../consortium/mandate.ts'
import type { App } from '../../../../app.ts'
import type { ParticipantView } from '../../consortium/consortium-view.server.ts'
import { type Done, consortiumAddress, doneOf } from './consortium-page.ts'
import { type ParticipantEvent, participantAtWork } from './participant-at-work.server.ts'
import { shownFindings } from './shown-findings.ts'
import { shownParticipant } from './shown-participant.ts'

/** One participant: for its own people what is asked of them, for the coordinator's what they may change. */
export async function load(event: ParticipantEvent) {
  const { app, language } = event.locals
  const { view, one } = await participantAtWork(event)
  const day = (await databaseNow(app.database)).toString().slice(0, 10)
  const text = one.role === 'coordinator' ? undefined : mandateTextFor(one.role, day)
  return {
    code: view.outline.code,
    title: view.outline.title,
    done: doneOf(event.url),
    open: view.open,
    signs: view.signs,
    coordinates: view.coordinates,
    participant: shownParticipant(one, view, language),
    megabytes: mostMandateBytes / 1e6,
    findings: one.mandate?.findings ? shownFindings(one.mandate.findings, language) : undefined,
    looked: one.mandate?.verdict ? { verdict: one.mandate.verdict, remarks: one.mandate.remarks } : undefined,
    // What the rules ask and no register knows: of one’s own organisation, or of one that is in no register.
    facts:
      view.own.state === 'accepted' && (await speaksFor(app.database, view.own, one))
        ? factsOf(app, one, { language, typed: await isTyped(app, one, day) })
        : undefined,
    text: text && { id: text.id, ...mandateWords(text, language, mandateSays(view.outline, one)) }
  }
}

/** What the fields of the page hold by themselves. */
function fieldsOf({ participant, facts }: Awaited<ReturnType<typeof load>>) {
  const { role, tasks = '', edits, invitation } = participant
  const { day, month, year } = facts?.establishedOn ?? noDay
  return {
    ...{ position: '', agree: '', reason: '' },
    ...{ role, tasks, edits },
    ...{ email: invitation?.email ?? '', language: '' },
    ...(facts && {
      ...{ type: facts.type, nonProfit: facts.nonProfit, europeanNgo: facts.europeanNgo },
      ...{ 'establishedOn-day': day, 'establishedOn-month': month, 'establishedOn-year': year },
      functions: facts.chosen
    })
  }
}

const noDay = { day: '', month: '', year: '' }
const fieldsOfPlace = ['role', 'tasks', 'edits']
const fieldsOfFacts = [
  ...['type', 'nonProfit', 'europeanNgo', 'functions'],
  ...['establishedOn-day', 'establishedOn-month', 'establishedOn-year']
]
const fieldsOfAsking = ['email', 'language']

/** The page after something was done on it, where something else was begun. */
export type ReturnedParticipant = ReturnedForm & { done?: Done }

/** Whether the register knows what kind of organisation it is. */
async function isTyped({ database }: Pick<App, 'database'>, { organisation }: ParticipantView, day: string) {
  if (organisation === null) return false
  return (await factsForCheck(database, [organisation], day)).get(organisation)?.type !== undefined
}

function factsOf(
  { programmes }: Pick<App, 'programmes'>,
  { detail }: ParticipantView,
  { language, typed }: { language: Language; typed: boolean }
) {
  const yesNo = (said: boolean | undefined) => (said === undefined ? '' : said ? 'yes' : 'no')
  return {
    establishedOn: detail?.establishedOn ? datePartsOf(detail.establishedOn) : noDay,
    type: detail?.type ?? '',
    types: typed
      ? undefined
      : programmes.knowledge.types.map(({ id, names }) => ({ value: id, label: names[language] })),
    nonProfit: yesNo(detail?.nonProfit),
    europeanNgo: yesNo(detail?.europeanNgo),
    chosen: detail?.functions ?? [],
    functions: programmes.knowledge.functions.map(({ id, names }) => ({ value: id, label: names[language] }))
  }
}

/** Ends what leads away from this page, or comes back with what has to be settled. */
function settle(event: ParticipantEvent, form: FormData, outcome: object | Refused, below: string) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  redirect(303, consortiumAddress(event.locals.language, event.params.application, below))
}

/**
 * Ends what leaves one on this page, which says what was done, and keeps what was begun beside it.
 * @param fields what was sent
 */
async function settleHere(
  event: ParticipantEvent,
  form: FormData,
  outcome: object | Refused,
  { done, fields }: { done: Done; fields: readonly string[] }
) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  const back = comesBack(begunBeside(typedIn(form), fieldsOf(await load(event)), fields))
  if (back) return { ...back, done } satisfies ReturnedParticipant
  return settle(event, form, outcome, `/${event.params.participant}?done=${done}`)
}

export const actions = {
  accept: async (event: ParticipantEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await acceptMandate(app, caller, event.params.application, typedIn(form), language)
    return settle(event, form, outcome, '?done=accepted')
  },

  decline: async (event: ParticipantEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await declineParticipation(app, caller, event.params.application, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/applications`)
  },

  change: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await changeParticipant(app, caller, application, { participant, given: typedIn(form) })
    return settleHere(event, form, outcome, { done: 'changed', fields: fieldsOfPlace })
  },

  upload: async (event: ParticipantEvent) => {
    const { app, caller, language } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const file = form.get('mandate')
    const content = file instanceof File ? file : new File([], '')
    const given = { participant, content, name: content.name, language }
    const outcome = await uploadMandate(app, caller, application, given)
    if ('mandate' in outcome || isRefused(outcome))
      return settleHere(event, form, outcome, { done: 'uploaded', fields: [] })
    const message = fileRefusalText(outcome, texts(language))
    return fail(422, {
      ...{ typed: typedIn(form), problems: [{ field: 'mandate', message }] },
      refused: 'invalid' as const
    })
  },

  state: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const day = dayFrom(datePartsFrom(form, 'establishedOn'))
    // What is no day is refused by the action, as a day that was written wrongly.
    const establishedOn = typeof day === 'object' ? day.day : day === 'empty' ? '' : 'not-a-day'
    const given = { ...typedIn(form), establishedOn }
    const outcome = await stateFacts(app, caller, application, { participant, given })
    return settleHere(event, form, outcome, { done: 'stated', fields: fieldsOfFacts })
  },

  again: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await sendInvitationAgain(app, caller, application, { participant, given: typedIn(form) })
    return settleHere(event, form, outcome, { done: 'sent-again', fields: fieldsOfAsking })
  },

  remove: async (event: ParticipantEvent) => {
    const { app, caller } = event.locals
    const { application, participant } = event.params
    const form = await event.request.formData()
    const outcome = await removeParticipant(app, caller, application, { participant, given: typedIn(form) })
    return settle(event, form, outcome, '?done=removed')
  }
}
