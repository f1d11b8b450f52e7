import { error } from '@sveltejs/kit'
import { downloadFile } from '#shared/files/index.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { showOrganisation } from '../../reads.ts'
import { knownOrganisation } from '../known-organisation.server.ts'
import type { Event } from '../organisation-page.ts'

/** The logo of an organisation, to those who may see it. */
export async function logo(event: Event<{ code: string }>): Promise<Response> {
  const { app, caller } = event.locals
  const { id } = await knownOrganisation(event)
  const view = await showOrganisation(app, caller, id)
  const file = view?.facts.find(({ kind }) => kind === 'logo')?.value
  if (!view || !file) error(404)
  const answer = await downloadFile(app, file, {
    person: isSignedIn(caller) ? caller.person : undefined,
    copies: view.shown.includes('description') ? 'public' : 'private',
    known: event.request.headers.get('if-none-match')
  })
  if ('refused' in answer) error(404)
  return answer
}
