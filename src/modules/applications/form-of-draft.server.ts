import type { ApplicationForm } from '#modules/programmes'
import { callUnderTerms } from '#server/calls'
import { type CallToCheck, type Programmes, formFor } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Answer, Outline } from './application.ts'
import type { Filled } from './form/filled.ts'

type Holding = { database: Database; programmes: Programmes }

/** The programme as the call of an application applies it, in the terms that it is written under. */
export function callOfDraft(app: Holding, { terms }: Pick<Outline, 'terms'>): Promise<CallToCheck> {
  return callUnderTerms(app, terms)
}

/** The form that an application is written in. From memory, but for the first that asks: decision 130. */
export async function formOfDraft(app: Holding, outline: Outline): Promise<ApplicationForm> {
  return formUnder(await callOfDraft(app, outline), outline)
}

/** The form of an application by what its call applies. */
export function formUnder(
  { programmes, body }: CallToCheck,
  { code, action, edition, field }: Pick<Outline, 'code' | 'action' | 'edition' | 'field'>
): ApplicationForm {
  const form = formFor(programmes, { action, edition, field, ...(body && { body }) })
  if (!form) throw new Error(`${code}: ${action} has no form in ${edition}.`)
  return form
}

/** The form with what is answered. */
export async function filledOf(
  app: Holding,
  { outline, answers }: { outline: Outline; answers: ReadonlyMap<string, Answer> }
): Promise<Filled> {
  const { language, participants } = outline
  return { form: await formOfDraft(app, outline), answers, language, participants }
}
