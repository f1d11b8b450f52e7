import { error, fail, redirect } from '@sveltejs/kit'
import { countryCodes, countryName } from '#modules/programmes'
import { changedRows, rowChange } from '#shared/design/row-change.ts'
import { fileRefusalText } from '#shared/files/index.ts'
import { type ReturnedForm, refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { type Typed, typedIn } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { refusalFor } from '#shared/identity/index.ts'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'
import { changeLogo } from '../../actions/change-logo.ts'
import { changeRecord } from '../../actions/change-record.ts'
import { choosableGroups, chooseShown } from '../../actions/choose-shown.ts'
import { saveContacts } from '../../actions/save-contacts.ts'
import { nutsRegions } from '../../identifiers/nuts.ts'
import { contactPurposes, mostContacts } from '../../record/contact.ts'
import { contactsOf } from '../../record/contact-store.server.ts'
import { factsInForce } from '../../record/record-store.server.ts'
import { workLanguages } from '../../record/sections.ts'
import { showOrganisation } from '../../reads.ts'
import { knownOrganisation } from '../known-organisation.server.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'
import { filledIn, filledInContacts } from './filled-in.server.ts'
import { rowsOf, typedRows, withoutRows } from './rows.ts'
import { type Step, isStep, steps } from './steps.ts'
import { theirChanges } from './their-changes.server.ts'

type EditEvent = Event<{ code: string; step: string }>

/** The groups of rows that steps have, with what a new row holds. */
const emptyRows: Readonly<Record<string, Record<string, string>>> = {
  names: { language: '', name: '' },
  contacts: { purpose: 'general', name: '', email: '', phone: '', shown: '' }
}

/** One step of editing, filled in with what is on record. */
export async function load(event: EditEvent) {
  const { app, caller, language } = event.locals
  const step = event.params.step
  if (!isStep(step)) error(404)
  const { id, code } = await knownOrganisation(event)
  const no = refusalFor(caller, ['member'], { organisation: id })
  if (no) refuseLoad(no, event)
  const view = await showOrganisation(app, caller, id)
  if (!view) refuseLoad(refused('not-found'), event)
  const facts = await factsInForce(app.database, id)
  const at = steps.indexOf(step)
  return {
    step,
    code,
    name: view.name,
    country: view.country,
    revision: view.revision,
    typed: await typedFor(app, step, id, facts, view.shown),
    hasLogo: facts.some(({ kind }) => kind === 'logo'),
    before: steps[at - 1],
    after: steps[at + 1],
    choices: choicesFor(app, step, view.country, view.type, language),
    registered: event.url.searchParams.has('registered'),
    saved: event.url.searchParams.has('saved')
  }
}

async function typedFor(
  app: App,
  step: Step,
  id: string,
  facts: Awaited<ReturnType<typeof factsInForce>>,
  shown: readonly string[]
): Promise<Typed> {
  if (step === 'contacts') return filledInContacts(await contactsOf(app.database, id))
  if (step === 'shown') return { shown: choosableGroups.filter((group) => shown.includes(group)) }
  return step === 'picture' ? {} : filledIn(step, facts)
}

/** What the selects of a step offer; only what the step needs. */
function choicesFor(app: App, step: Step, country: string, type: string | undefined, language: Language) {
  const { programme } = app.programmes
  const languageNames = new Intl.DisplayNames([language], { type: 'language' })
  const sorted = <Option extends { label: string }>(options: Option[]) =>
    options.sort((one, other) => one.label.localeCompare(other.label, language))
  return {
    countries:
      step === 'place'
        ? sorted(countryCodes.map((value) => ({ value, label: countryName(value, language) })))
        : [],
    regions:
      step === 'place'
        ? [...nutsRegions.values()]
            .filter((region) => region.country === country && region.level > 0)
            .map(({ code, name, level }) => ({
              value: code,
              label: `${'\u2003'.repeat(level - 1)}${name} (${code})`
            }))
        : [],
    types:
      step === 'type' ? programme.types.map(({ id, names }) => ({ value: id, label: names[language] })) : [],
    typeCodes:
      step === 'type'
        ? (programme.types.find(({ id }) => id === type)?.codes ?? []).map((value) => ({
            value,
            label: value
          }))
        : [],
    topics:
      step === 'interests'
        ? programme.topics.map(({ id, names }) => ({ value: id, label: names[language] }))
        : [],
    languages:
      step === 'interests' || step === 'names'
        ? sorted(workLanguages.map((value) => ({ value, label: languageNames.of(value) ?? value })))
        : [],
    groups: step === 'shown' ? choosableGroups : [],
    purposes: contactPurposes,
    mostContacts
  }
}

export const actions = {
  save: async (event: EditEvent) => {
    const { app, caller, language } = event.locals
    const step = event.params.step
    if (!isStep(step) || step === 'picture') error(404)
    const { id, code } = await knownOrganisation(event)
    const form = await event.request.formData()
    const typed = typedIn(form)
    const changed = withRowChange(form, typed)
    if (changed) return { typed: changed, problems: [], refused: 'invalid' } satisfies ReturnedForm
    const revision = Number(typed.revision)
    const rows = step === 'names' ? { names: rowsOf(typed, 'names').filter(isFilled) } : {}
    const contacts = { contacts: rowsOf(typed, 'contacts').filter(isFilled) }
    const outcome =
      step === 'contacts'
        ? await saveContacts(app, caller, id, { revision, given: contacts })
        : step === 'shown'
          ? await chooseShown(app, caller, id, { revision, given: typed })
          : await changeRecord(app, caller, id, { section: step, revision, given: { ...typed, ...rows } })
    if (isRefused(outcome)) return refuseForm(await inWords(app, outcome, language), event, form)
    const next = steps[steps.indexOf(step) + 1]
    redirect(
      303,
      organisationAddress(language, code, `/edit/${typed.then === 'next' && next ? next : step}?saved`)
    )
  },

  picture: async (event: EditEvent) => {
    const form = await event.request.formData()
    const picture = form.get('logo')
    const chosen = picture instanceof File && picture.size > 0 ? picture : undefined
    if (!chosen) return refuseForm(invalid('logo', 'form.missing'), event, form)
    return sendPicture(event, chosen, form)
  },

  'remove-picture': async (event: EditEvent) => sendPicture(event, undefined, await event.request.formData())
}

/** Sends a logo, or takes it away. */
async function sendPicture(event: EditEvent, picture: File | undefined, form: FormData) {
  const { app, caller, language } = event.locals
  const { id, code } = await knownOrganisation(event)
  const outcome = await changeLogo(app, caller, id, picture)
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  if ('refused' in outcome) {
    const message = fileRefusalText(outcome, texts(language))
    return fail(422, {
      typed: {},
      problems: [{ field: 'logo', message }],
      refused: 'invalid'
    } satisfies ReturnedForm)
  }
  redirect(303, organisationAddress(language, code, '/edit/picture?saved'))
}

/** A row that nobody filled in is no row. */
function isFilled(row: Record<string, string>): boolean {
  return Object.entries(row).some(
    ([field, value]) => !['purpose', 'shown'].includes(field) && value.trim() !== ''
  )
}

/** The form with a row more or less, when such a button was pressed. */
function withRowChange(form: FormData, typed: Typed): Typed | undefined {
  for (const [group, empty] of Object.entries(emptyRows)) {
    const change = rowChange(form, group)
    if (!change) continue
    const rows = changedRows(rowsOf(typed, group), change, empty)
    const { change: _, ...rest } = withoutRows(typed, group)
    return { ...rest, ...typedRows(group, rows) }
  }
  return undefined
}

/** With “changed”: what the other changed, in the reader's words. */
async function inWords(app: App, outcome: Refused, language: Language): Promise<Refused> {
  if (outcome.refused !== 'changed') return outcome
  return { ...outcome, current: await theirChanges(app, outcome.current, language) }
}
