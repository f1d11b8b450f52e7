import type { ReturnedForm } from '#shared/forms/returned-form.ts'

/** What somebody typed into a field of a form that came back; otherwise what it begins with. */
export function typedOr(form: ReturnedForm | null | undefined, name: string, begin = ''): string {
  const typed = form?.typed[name]
  return form ? (Array.isArray(typed) ? (typed[0] ?? '') : (typed ?? '')) : begin
}

/** The same for a field that may stand there several times. */
export function allTyped(
  form: ReturnedForm | null | undefined,
  name: string,
  begin: string[] = []
): string[] {
  const typed = form?.typed[name]
  return form ? (Array.isArray(typed) ? typed : typed ? [typed] : []) : begin
}
