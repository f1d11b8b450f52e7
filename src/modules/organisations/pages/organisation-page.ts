import type { Caller } from '#shared/identity/index.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { App } from '../../../app.ts'

/** The texts that the pages of this module say. */
export type OrganisationTexts = Say<KeysOf<'site' | 'organisations' | 'rules'>>

/** What the pages of this module need of SvelteKit's event. */
export type Event<Params = Record<never, never>> = {
  locals: { app: App; caller: Caller; language: Language }
  url: URL
  request: Request
  params: Params
}

/** The address of an organisation. */
export function organisationAddress(language: string, code: string, below = ''): string {
  return `/${language}/organisations/${code}${below}`
}
