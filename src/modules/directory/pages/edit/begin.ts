import { type DateParts, datePartsOf } from '#shared/design/date-parts.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import type { Fields } from '../../edited.ts'
import { partsTyped } from '../form-event.ts'
import { allTyped, typedOr } from '../typed.ts'
import { standing } from './edit-event.ts'

/** What each field of a form to edit begins with: what was typed, else what stands on record. */
export function beginWith(form: ReturnedForm | null, fields: Fields, revision: number) {
  const kept = (name: string) => fields[name] ?? ''
  return {
    one: (name: string) => typedOr(form, name, String(kept(name))),
    many: (name: string) => allTyped(form, name, [kept(name)].flat().filter(Boolean)),
    day: (name: string): DateParts | undefined =>
      partsTyped(form?.typed, name) ?? (kept(name) ? datePartsOf(String(kept(name))) : undefined),
    // Who was told what the first one changed, and saves all the same, knows.
    revision: standing(form)?.revision ?? revision
  }
}
export type Begin = ReturnType<typeof beginWith>
