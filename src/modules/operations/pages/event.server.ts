import type { App } from '../../../app.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'

/** What the pages of this module need of SvelteKit's event. */
export type Event = {
  locals: { app: App; caller: Caller; language: Language }
  url: URL
  request: Request
}
