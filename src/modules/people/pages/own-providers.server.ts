import { redirect } from '@sveltejs/kit'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { linkProvider, permission } from '../actions/link-provider.ts'
import { unlinkProvider } from '../actions/unlink-provider.ts'
import { findCeremony } from '../ceremonies.server.ts'
import { ceremonyOf } from '../cookies.server.ts'
import { ownerOf } from '../owner.server.ts'
import { myProviders } from '../reads.ts'
import { type Event, refuse } from './answers.server.ts'
import { dayOf } from './moments.ts'
import { mishaps } from './with-provider.server.ts'

export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return refuseLoad(owner, event)
  const linked = await myProviders(app, caller)
  if (isRefused(linked)) return refuseLoad(linked, event)
  const pending = await findCeremony(app.database, ceremonyOf(event), 'outside-identity')
  const nameOf = (provider: string) =>
    app.providers.list.find(({ id }) => id === provider)?.name[language] ?? provider
  return {
    mishap: mishaps.find((mishap) => mishap === event.url.searchParams.get('mishap')),
    pending: pending && {
      provider: nameOf(pending.facts.provider),
      label: pending.facts.person.email ?? pending.facts.person.name
    },
    linked: linked.map(({ provider, subject, label, linked: since, lastUsed }) => ({
      provider,
      subject,
      name: nameOf(provider),
      label,
      since: dayOf(since, language),
      lastUsed: lastUsed && dayOf(lastUsed, language)
    })),
    offered: app.providers.list.map(({ id, name }) => ({ id, name: name[language] }))
  }
}

export const actions = {
  link: async (event: Event) => {
    const { app, caller, language } = event.locals
    const outcome = await linkProvider(app, caller, ceremonyOf(event))
    if (isRefused(outcome)) return refuse(outcome, event, new FormData())
    redirect(303, `/${language}/people/account/providers`)
  },
  unlink: async (event: Event) => {
    const { app, caller, language } = event.locals
    const [provider = '', ...subject] = String((await event.request.formData()).get('identity')).split(' ')
    const outcome = await unlinkProvider(app, caller, { provider, subject: subject.join(' ') })
    if (isRefused(outcome) && outcome.refused !== 'not-found') return refuseLoad(outcome, event)
    redirect(303, `/${language}/people/account/providers`)
  }
}
