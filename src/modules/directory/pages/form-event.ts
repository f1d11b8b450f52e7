import type { App } from '../../../app.ts'
import { type DateParts, dayFrom, datePartsFrom } from '#shared/design/date-parts.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'

/** What the pages of this module need of SvelteKit's event. */
export type Event = {
  locals: { app: App; caller: Caller; language: Language }
  url: URL
  request: Request
}

/** A day of three boxes as an action takes it: ISO; '' when nothing was typed; else what no calendar knows. */
export function dayOf(form: FormData, name: string): string {
  const read = dayFrom(datePartsFrom(form, name))
  return typeof read === 'object' ? read.day : read === 'empty' ? '' : '0000-00-00'
}

/** The three boxes of a day in a form that came back. */
export function partsTyped(typed: Typed | undefined, name: string): DateParts | undefined {
  if (!typed) return undefined
  const part = (which: string) => String(typed[`${name}-${which}`] ?? '')
  return { day: part('day'), month: part('month'), year: part('year') }
}
