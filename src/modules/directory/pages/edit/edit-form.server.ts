import { dayOf } from '../form-event.ts'
import { dayFields } from './edit-event.ts'

/** The fields of a posted form as the actions that save take them; those named in `many` are lists. */
export function givenBy(form: FormData, many: readonly string[] = []): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) {
    given[name] = many.includes(name) ? form.getAll(name) : (form.get(name) ?? undefined)
  }
  for (const name of dayFields) if (form.has(`${name}-day`)) given[name] = dayOf(form, name)
  return given
}
