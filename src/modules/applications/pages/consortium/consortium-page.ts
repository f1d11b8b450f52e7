import type { Caller } from '#shared/identity/index.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'

/** The texts of the pages on which a consortium comes together. */
export type ConsortiumTexts = Say<
  KeysOf<'site' | 'rules' | 'applications' | 'applications-consortium' | 'files'>
>

/** What these pages need of SvelteKit's event. */
export type Event<Params = { application: string }> = {
  locals: { app: App; caller: Caller; language: Language }
  url: URL
  request: Request
  params: Params
}

/** The address of a consortium, or of something in it. */
export function consortiumAddress(language: Language, application: string, below = ''): string {
  return `/${language}/applications/${application}/consortium${below}`
}

const dones = [
  'invited',
  'asked',
  'sent-again',
  'removed',
  'accepted',
  'connected',
  'changed',
  'uploaded',
  'stated'
] as const

/** What was done. */
export type Done = (typeof dones)[number]

/** What the page before says was done. */
export function doneOf(url: URL): Done | undefined {
  return dones.find((one) => one === url.searchParams.get('done'))
}
