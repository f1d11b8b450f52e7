import { refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Language } from '#shared/texts/language.ts'
import { askForDomainProof } from '../../actions/ask-for-domain-proof.ts'
import { checkDomainProof } from '../../actions/check-domain-proof.ts'
import { fileAddress, mailboxes, proofLine, recordName } from '../../domains/domain-proof.ts'
import type { DomainProof } from '../../domains/proof-store.server.ts'
import { showDomains } from '../../reads.server.ts'
import { aboutOrganisation, doneOf, settle } from '../inside.server.ts'
import { dayOf } from '../moment.ts'
import type { Event } from '../organisation-page.ts'

type DomainsEvent = Event<{ code: string }>

/** The domains of an organisation: proved, on the way, or to be begun. */
export async function load(event: DomainsEvent) {
  const { app, caller, language } = event.locals
  const organisation = await aboutOrganisation(event)
  const domains = await showDomains(app, caller, organisation.id)
  if (isRefused(domains)) refuseLoad(domains, event)
  return {
    organisation,
    done: doneOf(event.url, ['found', 'asked']),
    mailboxes,
    domains: domains.map(({ domain, standing, proofs }) => ({
      domain,
      standing,
      proofs: proofs.map((proof) => shownProof(proof, language))
    }))
  }
}

function shownProof(proof: DomainProof, language: Language) {
  const { id, domain, method, token, mailedTo, provedAt, expiresAt, missingSince } = proof
  return {
    ...{ id, method, mailedTo },
    proved: provedAt && dayOf(provedAt, language),
    missing: missingSince && dayOf(missingSince, language),
    until: dayOf(expiresAt, language),
    place: method === 'dns' ? recordName(domain) : fileAddress(domain),
    line: token && proofLine(token)
  }
}

export const actions = {
  ask: async (event: DomainsEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await askForDomainProof(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'domains', done: 'asked' })
  },

  look: async (event: DomainsEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await checkDomainProof(app, caller, id, String(form.get('proof')))
    return settle(event, form, outcome, { code, page: 'domains', done: 'found' })
  }
}
