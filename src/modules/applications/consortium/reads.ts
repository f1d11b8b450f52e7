import { callTaking } from '#server/calls'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused } from '#shared/forms/refused.ts'
import { type Caller, refusalFor } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { ofTheConsortium } from '../access.ts'
import { openDraft } from '../draft.server.ts'
import { type CheckWithLimits, checkOpened } from './check-draft.server.ts'
import { type ConsortiumView, consortiumView } from './consortium-view.server.ts'
import { type GivenByLink, givenByLinkOf } from './given-by-link.server.ts'
import { type MandateByLink, mandateOfLink } from './mandate-by-link.server.ts'
import { type WaitingMandate, waitingMandates } from './mandates-store.server.ts'

export const permissions = {
  consortiumAtWork: ofTheConsortium,
  checkDraft: ofTheConsortium,
  mandatesToConfirm: ['officer'],
  // Whoever has the link was sent it.
  mandateByLink: 'public',
  givenByLink: 'public'
} as const

/** Who takes part in an application, by which mandate, and who is gone. */
export async function consortiumAtWork(
  app: { database: Database },
  caller: Caller,
  code: string,
  language: Language
): Promise<ConsortiumView | Refused> {
  const draft = await openDraft(app, caller, code)
  if (isRefused(draft)) return draft
  const { outline, access } = draft
  return consortiumView(app.database, caller, { outline, access, language })
}

/** May this consortium apply, by the rules of its call, and which limits across applications does it touch? */
export async function checkDraft(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  code: string
): Promise<CheckWithLimits | Refused> {
  const draft = await openDraft(app, caller, code)
  return isRefused(draft) ? draft : checkOpened(app, draft)
}

/** Mandates signed elsewhere that wait for an officer of the call's body; nothing else of a draft. */
export async function mandatesToConfirm(
  app: { database: Database },
  caller: Caller,
  code: string
): Promise<WaitingMandate[] | Refused> {
  const call = await callTaking(app, code)
  const no = refusalFor(caller, permissions.mandatesToConfirm, { body: call?.body })
  return no ?? waitingMandates(app.database, code)
}

/** What a mailed link asks for; undefined when it is spent, withdrawn or over. */
export async function mandateByLink(
  app: { database: Database },
  caller: Caller,
  secret: string,
  language: Language
): Promise<MandateByLink | undefined> {
  return mandateOfLink(app.database, caller, secret, language)
}

/** The mandate that was given by a link, for whoever comes back with that link or the receipt. */
export async function givenByLink(
  app: { database: Database },
  caller: Caller,
  secret: string,
  language: Language
): Promise<GivenByLink | undefined> {
  return givenByLinkOf(app.database, caller, secret, language)
}
