import { error, redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import type { Language } from '#shared/texts/language.ts'
import { listActions } from '../../reads.ts'
import { actionAddress } from './action-page.ts'

type Event = { locals: { app: App }; params: { lang: Language; action: string } }

/** The bare address of an action leads to its latest edition; it will lead elsewhere once there is a newer one. */
export function load({ locals: { app }, params }: Event): never {
  const latest = listActions(app)
    .find(({ action }) => action === params.action)
    ?.editions.at(-1)
  if (latest === undefined) error(404, { message: 'no such action' })
  redirect(302, actionAddress(params.lang, params.action, latest))
}
