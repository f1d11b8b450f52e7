import { error, redirect } from '@sveltejs/kit'
import { isRefused, statusOf } from '#shared/forms/refused.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import { comeFromProvider } from '../actions/come-from-provider.ts'
import { goToProvider } from '../actions/go-to-provider.ts'
import { ceremonyOf, keepCeremony } from '../cookies.server.ts'
import { safeNext, withNext } from '../next.ts'
import { type Event, enter, nextOf, onwardTo, visitOf } from './answers.server.ts'

/** What the sign-in page can say of a journey to a provider that led to nothing. */
export const mishaps = ['stopped', 'failed', 'too-late', 'linked-elsewhere', 'too-often'] as const
export type Mishap = (typeof mishaps)[number]

type Asked = Event & { params: { provider: string } }

/** A link of the sign-in page: leads away to the provider. It changes nothing but what the browser is in the middle of. */
export async function away(event: Asked): Promise<never> {
  const { app, language } = event.locals
  const { provider } = event.params
  const outcome = await goToProvider(app, visitOf(event), provider, {
    back: `${event.url.origin}/sign-in/back/${provider}`,
    language,
    next: nextOf(event) || `/${language}`,
    fresh: event.url.searchParams.has('again'),
    ceremony: ceremonyOf(event)
  })
  if (isRefused(outcome)) {
    if (outcome.refused === 'not-found') error(404)
    return signInWith(
      event,
      language,
      outcome.refused === 'too-often' ? 'too-often' : 'failed',
      nextOf(event)
    )
  }
  keepCeremony(event, outcome.ceremony)
  redirect(303, outcome.url, { external: [new URL(outcome.url).origin] })
}

/** The address that a provider sends browsers back to: one for all languages, since providers list it. */
export async function back(event: Asked): Promise<never> {
  const { app, caller } = event.locals
  const outcome = await comeFromProvider(app, caller, visitOf(event), ceremonyOf(event), event.url)
  if (isRefused(outcome)) {
    if (outcome.problems.length === 0) error(statusOf[outcome.refused])
    const said = outcome.problems[0]!.key.replace('people.providers.', '')
    return signInWith(event, event.locals.language, mishaps.find((mishap) => mishap === said) ?? 'failed', '')
  }
  const { language, next } = outcome
  if (outcome.step === 'unchanged') redirect(303, safeNext(next, `/${language}`))
  if (outcome.step === 'entered')
    return outcome.entered.step === 'strengthened'
      ? onwardTo(event, outcome.entered, next)
      : enter(event, outcome.entered, language)
  keepCeremony(event, outcome.ceremony)
  if (outcome.step === 'sign-up') redirect(303, `/${language}/sign-up/from-provider`)
  const link = `/${language}/people/account/providers`
  redirect(303, isSignedIn(caller) ? link : withNext(`/${language}/sign-in?link`, link))
}

function signInWith({ locals }: Event, language: string, mishap: Mishap, next: string): never {
  const page = isSignedIn(locals.caller) ? 'people/account/providers' : 'sign-in'
  redirect(303, withNext(`/${language}/${page}?mishap=${mishap}`, next))
}
