import type { Typed } from '#shared/forms/read-form.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Event as FormEvent } from '../form-event.ts'

export type Event = FormEvent & { params: { body: string } }

/** The names of form fields that hold a day in three boxes. */
export const dayFields = ['checked', 'ended', 'from', 'until'] as const

/** What stands now, when somebody else was first: see the actions that save. */
export type Standing = { revision: number; fields: Typed }

/** What a form that came back was told stands now. */
export function standing(form: ReturnedForm | null): Standing | undefined {
  return form?.refused === 'changed' ? (form.current as Standing) : undefined
}
