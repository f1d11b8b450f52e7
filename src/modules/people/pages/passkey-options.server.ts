import { json } from '@sveltejs/kit'
import { type Refused, isRefused, statusOf } from '#shared/forms/refused.ts'
import { beginAddingPasskey } from '../actions/begin-adding-passkey.ts'
import { beginSignInByPasskey } from '../actions/begin-sign-in-by-passkey.ts'
import { ceremonyOf, keepCeremony } from '../cookies.server.ts'
import { type Event, visitOf } from './answers.server.ts'

/** Tells the browser what to sign: posted to by the script of the sign-in page. */
export async function toSignIn(event: Event): Promise<Response> {
  const { app } = event.locals
  return answer(event, await beginSignInByPasskey(app, visitOf(event), event.url.origin, ceremonyOf(event)))
}

/** Tells the browser what passkey to make: posted to by the script of the page of passkeys. */
export async function toAdd(event: Event): Promise<Response> {
  const { app, caller } = event.locals
  return answer(event, await beginAddingPasskey(app, caller, event.url.origin, ceremonyOf(event)))
}

function answer(event: Event, begun: { options: object; ceremony: string } | Refused): Response {
  const headers = { 'cache-control': 'no-store' }
  if (isRefused(begun)) return json({ refused: begun.refused }, { status: statusOf[begun.refused], headers })
  keepCeremony(event, begun.ceremony)
  return json(begun.options, { headers })
}
