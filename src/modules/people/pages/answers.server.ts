import { type ActionFailure, redirect } from '@sveltejs/kit'
import type { Cookies } from '@sveltejs/kit'
import type { App } from '../../../app.ts'
import { type ReturnedForm, refuseForm } from '#shared/forms/page-answer.ts'
import type { Problem, Refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { keepCeremony, keepKnownDevice, keepSession, knownDeviceOf } from '../cookies.server.ts'
import type { Strengthened } from '../actions/prove-second-factor.ts'
import type { Entered } from '../entering.server.ts'
import { safeNext, withNext } from '../next.ts'
import { type Visit, visitFrom } from '../visit.server.ts'

/** What the pages of this module need of SvelteKit's event. */
export type Event = {
  locals: { app: App; caller: Caller; language: Language }
  url: URL
  request: Request
  cookies: Cookies
  getClientAddress: () => string
  setHeaders: (headers: Record<string, string>) => void
}

/** From where a page's request comes. */
export function visitOf(event: Event): Visit {
  const { caller } = event.locals
  return {
    ...visitFrom(event.getClientAddress(), event.request.headers.get('user-agent'), knownDeviceOf(event)),
    session: isSignedIn(caller) && 'session' in caller.by ? caller.by.session : undefined
  }
}

/** Where somebody wanted to go, by the address of the page; '' when nowhere. */
export function nextOf({ url }: Pick<Event, 'url'>): string {
  return safeNext(url.searchParams.get('next'), '')
}

/** Lets the browser keep what was opened, and leads on. Never returns. */
export function enter(event: Event, entered: Entered, language = event.locals.language): never {
  if (entered.step === 'second-factor') {
    keepCeremony(event, entered.ceremony)
    redirect(303, `/${language}/sign-in/second-factor`)
  }
  keepSession(event, entered.session.secret)
  keepKnownDevice(event, entered.knownDevice)
  redirect(303, safeNext(entered.next, `/${language}`))
}

/** The same for who may be in already, and is trusted more from now on. */
export function onward(event: Event, outcome: Entered | Strengthened): never {
  return outcome.step === 'strengthened' ? onwardTo(event, outcome, nextOf(event)) : enter(event, outcome)
}

/** Lets the browser keep the session's new secret, and leads on. */
export function onwardTo(event: Event, { secret }: Strengthened, next: string): never {
  keepSession(event, secret)
  redirect(303, safeNext(next, `/${event.locals.language}`))
}

/**
 * Lets the browser keep the secret of a session that has its second factor by what was just set up. The page that
 * answers the same request shows the recovery codes, and must know it, too.
 */
export function keepStrengthened(event: Event, secret: string): void {
  keepSession(event, secret)
  const { caller } = event.locals
  if (isSignedIn(caller)) event.locals.caller = { ...caller, secondFactor: true }
}

/** Answers a form that was refused; who has to wait is told how long. */
export function refuse(refused: Refused, event: Event, form: FormData): ActionFailure<ReturnedForm> {
  const wait = refused.retryAfterSeconds
  if (wait === undefined) return refuseForm(refused, event, form)
  event.setHeaders({ 'retry-after': String(wait) })
  const said: Problem =
    wait < 90
      ? { field: '', key: 'people.wait.seconds', args: { seconds: wait } }
      : { field: '', key: 'people.wait.minutes', args: { minutes: Math.ceil(wait / 60) } }
  return refuseForm({ ...refused, problems: [said] }, event, form)
}

/** The providers that are offered, in the reader's language. */
export function providersFor({ locals }: Event): { id: string; name: string }[] {
  return locals.app.providers.list.map(({ id, name }) => ({ id, name: name[locals.language] }))
}

/** The address of a page of this module, with where somebody wanted to go. */
export function pageAt(event: Event, path: string): string {
  return withNext(`/${event.locals.language}/${path}`, nextOf(event))
}
