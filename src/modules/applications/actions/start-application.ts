import { callTaking } from '#server/calls'
import { organisationNames } from '#server/organisations'
import { type Programmes, formFor } from '#server/programmes'
import { isField } from '#modules/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { isLanguage } from '#shared/texts/language.ts'
import { countFor } from '../limits.server.ts'
import { lockForm, newCode } from '../outline.server.ts'
import '../applications-tables.server.ts'
import { keepForm } from '../form/kept-forms.server.ts'

export const permission: Permission = ['member']

export type NewApplication = {
  /** The code of the call. */
  call: string
  action: string
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
  { call: asked, action, field, organisation, title, language, form: sent }: NewApplication
): Promise<{ code: string } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const call = await callTaking(app, asked)
  if (!call) return invalid('call', 'applications.problem.no-such-call')
  if (call.state !== 'published' && call.state !== 'open') return notNow('applications.problem.call-closed')
  const opened = call.actions.find((one) => one.action === action)
  if (!opened) return invalid('action', 'applications.problem.action-not-opened')
  if (!isField(field) || !opened.fields.includes(field))
    return invalid('field', 'applications.problem.field-not-opened')
  const form = formFor(app.programmes, { action, edition: call.edition, field })
  if (!form) return invalid('action', 'applications.problem.action-not-opened')
  const spoken = isLanguage(language) ? language : 'en'
  const [own] = (await organisationNames(app.database, [organisation], spoken)).values()
  if (!own) return refused('not-found')
  const tooOften = await countFor(app.database, 'start', caller.person)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const before = sent === undefined ? undefined : await lockForm(transaction, sent)
    if (before) return before.startedBy === caller.person ? { code: before.code } : refused('not-found')
    await keepForm(transaction, field, form)
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
