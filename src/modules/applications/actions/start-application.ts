import { callTaking, callUnderTerms } from '#server/calls'
import { organisationNames } from '#server/organisations'
import { type Programmes, actionOfCall, listActions } from '#server/programmes'
import { isField } from '#modules/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import { formUnder } from '../form-of-draft.server.ts'
import { countFor } from '../limits.server.ts'
import { lockForm, newCode } from '../outline.server.ts'
import '../applications-tables.server.ts'
import { keepForm } from '../form/kept-forms.server.ts'

export const permission: Permission = ['member']

export type NewApplication = {
  /** The code of the call. */
  call: string
  /** One that the call opens; left out for a call outside any guide. */
  action?: string | undefined
  field: string
  /** The coordinator: organisations.organisation. */
  organisation: string
  title: string
  /** In which it is written. */
  language: string
  /** Of the form that asks: sent twice, it makes one application. */
  form?: string
}

/** Begins an application under a call, as a draft of one's own organisation. A call that opens later takes drafts. */
export async function startApplication(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  { call: asked, action: named, field, organisation, title, language, form: sent }: NewApplication
): Promise<{ code: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const call = await callTaking(app, asked)
  if (!call) return invalid('call', 'applications.problem.no-such-call')
  if (call.state !== 'published' && call.state !== 'open') return notNow('applications.problem.call-closed')
  const applied = await callUnderTerms(app, call.terms)
  const { edition } = call
  const all = listActions(applied, edition)
  const action = named ?? actionOfCall
  const opened = all.find((one) => one.action === action)
  if (!opened && named === undefined)
    return invalid('action', 'applications.problem.action-missing', {
      actions: all.map((one) => one.action).join(', ')
    })
  if (!opened) return invalid('action', 'applications.problem.action-not-opened')
  if (!isField(field) || !opened.fields.includes(field))
    return invalid('field', 'applications.problem.field-not-opened')
  const form = formUnder(applied, { code: call.code, action, edition: call.edition, field })
  const spoken = isLanguage(language) ? language : 'en'
  const [own] = (await organisationNames(app.database, [organisation], spoken)).values()
  if (!own) return refused('not-found')
  const tooOften = await countFor(app.database, 'start', caller.person)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const before = sent === undefined ? undefined : await lockForm(transaction, sent)
    if (before) return before.startedBy === caller.person ? { code: before.code } : refused('not-found')
    const { terms } = call
    await keepForm(transaction, { terms, action, field, version: form.version }, form)
    const { id, code } = await transaction
      .insertInto('applications.application')
      .values({
        code: newCode(call.code),
        call: call.code,
        edition: call.edition,
        action,
        field,
        language,
        title,
        terms,
        form_version: form.version,
        form: sent ?? null,
        cloned_from: null,
        started_by: caller.person
      })
      .returning(['id', 'code'])
      .executeTakeFirstOrThrow()
    await transaction
      .insertInto('applications.participant')
      .values({
        application: id,
        position: 0,
        role: 'coordinator',
        organisation,
        name: own.name,
        country: own.country,
        state: 'accepted',
        edits: 'all',
        added_by: caller.person
      })
      .execute()
    await record(transaction, {
      act: 'applications.started',
      by: actorOf(caller),
      subject: { kind: 'application', id },
      payload: { code, call: call.code, action, field, organisation, title }
    })
    return { code }
  })
}
