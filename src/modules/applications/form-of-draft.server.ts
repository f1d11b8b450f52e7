import type { ApplicationForm } from '#modules/programmes'
import { type Programmes, formFor } from '#server/programmes'
import type { Outline } from './application.ts'

/** The form that an application is written in. */
export function formOfDraft(
  { programmes }: { programmes: Programmes },
  { outline: { code, action, edition, field } }: { outline: Outline }
): ApplicationForm {
  const form = formFor(programmes, { action, edition, field })
  if (!form) throw new Error(`${code}: ${action} has no form in ${edition}.`)
  return form
}
