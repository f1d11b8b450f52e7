import { error, redirect } from '@sveltejs/kit'
import { isRefused, type Refused } from '#shared/forms/refused.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { texts } from '#shared/texts/index.ts'
import { organisationNames } from '../reads.ts'
import { knownOrganisation } from './known-organisation.server.ts'
import { type Event, organisationAddress } from './organisation-page.ts'

/** The organisation that a page below its address is about. */
export type AboutOrganisation = { id: string; code: string; name: string }

/** Finds it, by the code in the address. */
export async function aboutOrganisation(event: Event<{ code: string }>): Promise<AboutOrganisation> {
  const { app, language } = event.locals
  const { id } = await knownOrganisation(event)
  const known = (await organisationNames(app.database, [id], language)).get(id)
  if (!known) error(404, texts(language)('organisations.code.unknown'))
  return { id, code: known.code, name: known.name }
}

/**
 * Ends a form of such a page: it comes back with what has to be settled, or leads to the page that says what was done.
 */
export function settle(
  event: Event<{ code: string }>,
  form: FormData,
  outcome: object | Refused,
  then: { code: string; page: string; done: string }
) {
  if (isRefused(outcome)) return refuseForm(outcome, event, form)
  redirect(303, organisationAddress(event.locals.language, then.code, `/${then.page}?done=${then.done}`))
}

/** What the page before says was done, if it is one of these. */
export function doneOf<const Done extends string>(url: URL, known: readonly Done[]): Done | undefined {
  return known.find((one) => one === url.searchParams.get('done'))
}
