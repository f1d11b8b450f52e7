import { error } from '@sveltejs/kit'
import { isSignedIn, may } from '#shared/identity/index.ts'
import { texts } from '#shared/texts/index.ts'
import { showContacts, showOrganisation } from '../../reads.ts'
import { knownOrganisation } from '../known-organisation.server.ts'
import type { Event } from '../organisation-page.ts'
import { jsonLdOf } from './json-ld.ts'
import { shownFacts } from './shown-facts.server.ts'

/** One organisation, as the reader may see it. */
export async function load(event: Event<{ code: string }>) {
  const { app, caller, language } = event.locals
  const { id } = await knownOrganisation(event)
  const view = await showOrganisation(app, caller, id)
  if (!view) error(404, texts(language)('organisations.code.unknown'))
  const contacts = await showContacts(app, caller, id)
  return {
    organisation: {
      code: view.code,
      name: view.name,
      level: view.level,
      inside: view.inside,
      country: view.country,
      city: view.city
    },
    facts: shownFacts(view, app.programmes, language),
    contacts,
    /** Whether the reader acts for it. */
    member: may(caller, ['member'], { organisation: id }),
    signedIn: isSignedIn(caller),
    jsonLd: jsonLdOf(view, contacts, event.url.origin, language),
    today: app.clock().toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
  }
}
