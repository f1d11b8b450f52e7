import { redirect } from '@sveltejs/kit'
import { type Event, organisationAddress } from '../organisation-page.ts'
import { steps } from './steps.ts'

/** Editing begins with the first step. */
export function firstStep({ params, locals }: Event<{ code: string }>): never {
  redirect(307, organisationAddress(locals.language, params.code, `/edit/${steps[0]}`))
}
