import type { ApplicationForm } from '#modules/programmes'
import { type Programmes, formFor } from '#server/programmes'
import type { Answer, Outline } from './application.ts'
import type { Filled } from './form/filled.ts'

/** The form that an application is written in. */
export function formOfDraft(
  { programmes }: { programmes: Programmes },
  { code, action, edition, field }: Outline
): ApplicationForm {
  const form = formFor(programmes, { action, edition, field })
  if (!form) throw new Error(`${code}: ${action} has no form in ${edition}.`)
  return form
}

/** The form with what is answered. */
export function filledOf(
  app: { programmes: Programmes },
  { outline, answers }: { outline: Outline; answers: ReadonlyMap<string, Answer> }
): Filled {
  return { form: formOfDraft(app, outline), answers, participants: outline.participants }
}
