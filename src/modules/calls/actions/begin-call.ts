import { record } from '#shared/audit/index.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { bodyOf } from '../bodies.server.ts'
import { type CallKind, emptyTerms } from '../call.ts'
import { usualExperts } from '../guide.server.ts'
import { findCallOfForm, insertCall, saveRevision, takeStep } from '../store.server.ts'
import '../calls-tables.server.ts'

export const permission: Permission = ['officer']

export type NewCall = {
  body: string
  edition: number
  kind: CallKind
  /** Of the form that asks: sent twice, it makes one call. */
  form?: string
}

/** Begins a call of one's own body, as a draft with nothing in it but what the guide's facts suggest. */
export async function beginCall(
  app: Desk,
  caller: Caller,
  { body, edition, kind, form }: NewCall
): Promise<{ code: string } | Refused> {
  const no = refusalFor(caller, permission, { body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const latest = app.programmes.editions[0]!
  const known = app.programmes.editions.includes(edition)
  if (!known && (kind === 'proposals' || edition !== latest + 1)) {
    return invalid('edition', 'calls.problem.edition', { latest })
  }
  const terms = {
    ...emptyTerms(),
    assessment: usualExperts(app, edition, (await bodyOf(app, body)).kind)
  }
  return app.database.transaction().execute(async (transaction) => {
    const before = form === undefined ? undefined : await findCallOfForm(transaction, form)
    if (before) return before.body === body ? { code: before.code } : refused('not-found')
    const { id, code } = await insertCall(transaction, {
      body,
      edition,
      kind,
      form: form ?? null,
      clonedFrom: null
    })
    const revision = await saveRevision(transaction, { id, revision: 0 }, terms, caller.person)
    await takeStep(transaction, { id, revision }, { step: 'drafted', by: caller.person })
    await record(transaction, {
      act: 'calls.begun',
      by: actorOf(caller),
      subject: { kind: 'call', id },
      payload: { code, body, edition, kind }
    })
    return { code }
  })
}
