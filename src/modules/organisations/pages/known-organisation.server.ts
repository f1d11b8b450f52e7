import { error, redirect } from '@sveltejs/kit'
import { texts } from '#shared/texts/index.ts'
import { readOrganisationCode } from '../code.ts'
import { organisationByCode } from '../reads.ts'
import { type Event, organisationAddress } from './organisation-page.ts'

/**
 * The organisation whose code is in the address. Another spelling, and the code of a record that was merged, lead on
 * to the one that stands; a code that nobody has ends the load with an error that says what may be wrong with it.
 */
export async function knownOrganisation(
  event: Event<{ code: string }>
): Promise<{ id: string; code: string }> {
  const { params, url } = event
  const { app, language } = event.locals
  const found = await organisationByCode(app, params.code)
  if (!found) {
    const unclear = readOrganisationCode(params.code) === 'unclear'
    const t = texts(language)
    error(404, unclear ? t('organisations.code.unclear') : t('organisations.code.unknown'))
  }
  if (found.code !== params.code) {
    const below = url.pathname.slice(organisationAddress(language, params.code).length)
    const read = readOrganisationCode(params.code)
    const spelling = typeof read === 'object' && read.code === found.code
    // A merge can be undone: browsers must not keep where it led.
    redirect(spelling ? 301 : 302, organisationAddress(language, found.code, below + url.search))
  }
  return found
}
