import { type Cookies, redirect } from '@sveltejs/kit'
import { keepSession, personAt } from '#server/people'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../app.ts'
import { type CastKey, cast, castKeys } from '../cast.ts'
import { signInAs } from '../sign-in-as.server.ts'

type Event = { locals: { app: App; caller: Caller; language: Language }; url: URL }
type Posted = Event & { request: Request; cookies: Cookies }

/** Somebody whom one may try: `gone` when they had themselves erased. */
export type Somebody = { key: CastKey; name: string; state: 'there' | 'current' | 'gone' }

/** Who can be tried. Elsewhere than in a demonstration there is no such page. */
export async function load({ locals, url }: Event) {
  if (!locals.app.demonstration) refuseLoad(refused('not-found'), { locals, url })
  return { people: await Promise.all(castKeys.map((key) => somebody(locals, key))) }
}

async function somebody({ app, caller }: Event['locals'], key: CastKey): Promise<Somebody> {
  const { name, email } = cast[key]
  const person = await personAt(app.database, email)
  return { key, name, state: !person ? 'gone' : person.id === caller.person ? 'current' : 'there' }
}

export const actions = {
  default: async ({ locals, url, request, cookies }: Posted) => {
    const form = await request.formData()
    const signedIn = await signInAs(locals.app, locals.caller, form.get('person'))
    if (isRefused(signedIn)) refuseLoad(signedIn, { locals, url })
    keepSession({ cookies, url }, signedIn.secret)
    redirect(303, `/${locals.language}${signedIn.startsAt}`)
  }
}
