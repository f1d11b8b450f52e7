import { redirect } from '@sveltejs/kit'
import { countryName } from '#modules/programmes'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { formatDate } from '#shared/texts/format.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { acceptMandateByLink } from '../../actions/accept-mandate-by-link.ts'
import { connectPartner } from '../../actions/connect-partner.ts'
import { declineByLink } from '../../actions/decline-by-link.ts'
import { givenByLink, mandateByLink } from '../../consortium/reads.ts'
import { type Event, consortiumAddress } from '../consortium/consortium-page.ts'

type LinkEvent = Event<{ secret: string }> & { setHeaders: (headers: Record<string, string>) => void }

/** What a mailed link asks for, or what came of it. Looking at it changes nothing. */
export async function load(event: LinkEvent) {
  const { app, caller, language } = event.locals
  // The address is the proof: no other site learns it. (With no-referrer, browsers post the form with
  // `Origin: null`, which is refused as coming from elsewhere.)
  event.setHeaders({
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex',
    'cache-control': 'no-store'
  })
  const { secret } = event.params
  const asked = await mandateByLink(app, caller, secret, language)
  const given = asked ? undefined : await givenByLink(app, caller, secret, language)
  return {
    secret,
    done: (['accepted', 'declined'] as const).find((one) => one === event.url.searchParams.get('done')),
    signedIn: isSignedIn(caller),
    next: encodeURIComponent(event.url.pathname),
    given: given && { ...given, document: given.document !== undefined },
    asked: asked && {
      ...asked,
      until: formatDate(asked.until.toString(), language, 'medium'),
      others: asked.others.map(({ name, country }) => ({ name, country: countryName(country, language) }))
    }
  }
}

export const actions = {
  accept: async (event: LinkEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await acceptMandateByLink(app, caller, event.params.secret, typedIn(form), language)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    const { receipt, application } = outcome
    // Whose organisation was connected writes its part now; anybody else gets an address to come back to.
    if (receipt) redirect(303, `/${language}/applications/mandates/${receipt}?done=accepted`)
    if (form.has('own')) redirect(303, consortiumAddress(language, application, '?done=accepted'))
    redirect(303, `${event.url.pathname}?done=accepted`)
  },
  connect: async (event: LinkEvent) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const outcome = await connectPartner(app, caller, event.params.secret, language)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, consortiumAddress(language, outcome.application, '?done=connected'))
  },
  decline: async (event: LinkEvent) => {
    const { app, caller } = event.locals
    const form = await event.request.formData()
    const outcome = await declineByLink(app, caller, event.params.secret, typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `${event.url.pathname}?done=declined`)
  }
}
