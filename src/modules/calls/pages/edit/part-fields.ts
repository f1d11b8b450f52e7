import type { Typed } from '#shared/forms/read-form.ts'
import type { Language } from '#shared/texts/language.ts'
import type { CallTexts } from '../call-page.ts'
import type { PartContext } from './part-form.server.ts'

/** What the fields of each step are given. */
export type PartFields = {
  typed: Typed
  errorOf: (field: string) => string | undefined
  context: PartContext
  t: CallTexts
  language: Language
}
