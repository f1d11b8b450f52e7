import { redirect } from '@sveltejs/kit'
import { countryName } from '#modules/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { formatInstant } from '#shared/texts/format.ts'
import { confirmMandate } from '../../actions/confirm-mandate.ts'
import { mandatesToConfirm } from '../../consortium/reads.ts'
import type { Event } from '../consortium/consortium-page.ts'
import { shownFindings } from '../consortium/shown-findings.ts'

type DeskEvent = Event<{ call: string }>

/** Mandates signed elsewhere that somebody has to look at, for officers of the call's body. */
export async function load(event: DeskEvent) {
  const { app, caller, language } = event.locals
  const waiting = await mandatesToConfirm(app, caller, event.params.call)
  if (isRefused(waiting)) return refuseLoad(waiting, event)
  return {
    call: event.params.call,
    done: event.url.searchParams.get('done') === 'confirmed',
    mandates: waiting.map(({ id, application, partner, country, givenAt, findings }) => ({
      ...{ id, application, partner },
      country: countryName(country, language),
      at: formatInstant(givenAt.toString(), language),
      findings: shownFindings(findings, language)
    }))
  }
}

export const actions = {
  default: async (event: DeskEvent) => {
    const { app, caller } = event.locals
    const form = await event.request.formData()
    const outcome = await confirmMandate(app, caller, String(form.get('mandate')), typedIn(form))
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `${event.url.pathname}?done=confirmed`)
  }
}
