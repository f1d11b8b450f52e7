import { randomUUID } from 'node:crypto'
import { error, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { countryName } from '#modules/programmes'
import { callTaking, callUnderTerms } from '#server/calls'
import { organisationNames } from '#server/organisations'
import { callerOf, switchRole } from '#server/people'
import { actionOfCall, listActions } from '#server/programmes'
import { line, oneOf } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type HeldRole, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { type Language, languages } from '#shared/texts/language.ts'
import { permission, startApplication } from '../../actions/start-application.ts'
import { deadlineView } from '../deadline-view.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** A new application under a call: who coordinates, what it is for, what it is called. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const no = refusalFor(caller, permission, { organisation: 'any' })
  // Who works for no organisation yet is told so on the page, and how to come to one.
  if (no && no.refused !== 'not-allowed' && no.refused !== 'other-role') return refuseLoad(no, event)
  const call = await callTaking(app, event.url.searchParams.get('call') ?? '')
  if (!call) error(404, { message: 'no such call' })
  const opened = listActions(await callUnderTerms(app, call.terms), call.edition)
  return {
    form: randomUUID(),
    code: call.code,
    title: call.title[language] || call.title.en || call.code,
    takes: call.state === 'open' || call.state === 'published',
    deadline: deadlineView(call.closesAt, call.now, language),
    organisations: await ownOrganisations(app, caller, language),
    acting:
      isSignedIn(caller) && caller.acting && 'organisation' in caller.acting
        ? caller.acting.organisation
        : undefined,
    // A call outside any guide opens no action: only the field is to be chosen.
    outside: opened.every(({ action }) => action === actionOfCall),
    opened: opened.flatMap(({ action, names, fields }) =>
      fields.map((field) => ({ action, field, name: names[language] }))
    ),
    languages: languages.filter((one) => call.languages.length === 0 || call.languages.includes(one))
  }
}

const given = z.object({
  form: z.uuid('form.not-understood'),
  organisation: z.uuid('form.missing'),
  what: z.string('form.missing').regex(/^[a-z0-9-]+ [a-z-]+$/, 'form.missing'),
  title: line(),
  language: oneOf(languages)
})

export const actions = {
  default: async (event: Event & { request: Request }) => {
    const { app, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(given, Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const { what, ...more } = read.data
    const [action = '', field = ''] = what.split(' ')
    const call = event.url.searchParams.get('call') ?? ''
    const acting = await actingFor(event, more.organisation)
    const outcome = await startApplication(app, acting, { ...more, call, action, field })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/applications/${outcome.code}?begun`)
  }
}

/** Who chooses another of their organisations acts for it from then on. */
async function actingFor({ locals, request }: Event & { request: Request }, organisation: string) {
  const { app, caller } = locals
  if (!isSignedIn(caller)) return caller
  const isOf = (role: HeldRole | undefined) =>
    role !== undefined && 'organisation' in role && role.organisation === organisation
  const held = caller.roles.find(isOf)
  if (!held || isOf(caller.acting)) return caller
  await switchRole(app, caller, held.id)
  return callerOf(app.database, request.headers)
}

async function ownOrganisations({ database }: App, caller: Caller, language: Language) {
  if (!isSignedIn(caller)) return []
  const ids = [...new Set(caller.roles.flatMap((role) => ('organisation' in role ? role.organisation : [])))]
  const names = await organisationNames(database, ids, language)
  return ids.flatMap((id) => {
    const known = names.get(id)
    return known ? [{ value: id, label: `${known.name}, ${countryName(known.country, language)}` }] : []
  })
}
