import { redirect } from '@sveltejs/kit'
import { signOut } from '../actions/sign-out.ts'
import { ceremonyOf, dropSession } from '../cookies.server.ts'
import type { Event } from './answers.server.ts'

export const actions = {
  default: async (event: Event) => {
    // Whoever is out already is as they wished to be.
    await signOut(event.locals.app, event.locals.caller, ceremonyOf(event))
    dropSession(event)
    redirect(303, `/${event.locals.language}`)
  }
}
