import type { CallTerms } from './call.ts'

/** One thing that a call says, such as `deadline` or `title.lv`; the smallest that is corrected and compared. */
export type TermField =
  | `title.${string}`
  | `text.${string}`
  | `applicants.${string}`
  | 'actions'
  | 'opens'
  | 'deadline'
  | 'departure'
  | 'budget'
  | 'priorities'
  | 'documents'
  | 'contact'
  | 'languages'
  | 'assessment'
  | 'rules'

/** What a field said and what it says now. */
export type Change = { field: TermField; from: unknown; to: unknown }

const translated = ['title', 'text', 'applicants'] as const
const plain = [
  'actions',
  'opens',
  'deadline',
  'departure',
  'budget',
  'priorities',
  'documents',
  'contact',
  'languages',
  'assessment',
  'rules'
] as const satisfies readonly (keyof CallTerms)[]

/** Terms as fields, in the order in which people read them. Texts that nobody wrote are left out. */
export function fieldsOf(terms: CallTerms): Map<TermField, unknown> {
  const fields = new Map<TermField, unknown>()
  for (const name of translated) {
    for (const language of Object.keys(terms[name]).toSorted()) {
      if (terms[name][language] !== '') fields.set(`${name}.${language}`, terms[name][language])
    }
  }
  for (const name of plain) fields.set(name, terms[name])
  return fields
}

/** Terms with one field set; undefined takes a text away. */
export function withField(terms: CallTerms, field: TermField, value: unknown): CallTerms {
  const [name, language] = field.split('.') as [keyof CallTerms, string | undefined]
  if (language === undefined) return { ...terms, [name]: value }
  const texts = { ...(terms[name] as Record<string, string>) }
  if (value === undefined || value === '') delete texts[language]
  else texts[language] = value as string
  return { ...terms, [name]: texts }
}

/** What changed from one to the other, field by field. */
export function changesBetween(from: CallTerms, to: CallTerms): Change[] {
  const before = fieldsOf(from)
  const after = fieldsOf(to)
  const fields = [...new Set([...before.keys(), ...after.keys()])]
  return fields
    .filter((field) => !equal(before.get(field), after.get(field)))
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
}

/** What somebody wrote, put together with what somebody else saved meanwhile. */
export type Merged = {
  /** Both: where both changed the same, what was written here stays, and it is named as a clash. */
  terms: CallTerms
  /** What the other changed. */
  theirs: Change[]
  /** Fields that both changed, each in another way. */
  clashes: TermField[]
}

/**
 * Puts two people's changes of the same terms together.
 * @param base what both began from
 * @param theirs what stands now
 * @param mine what is to be saved
 */
export function merge(base: CallTerms, theirs: CallTerms, mine: CallTerms): Merged {
  const { own, other, clashes } = bothChanged(changesBetween(base, theirs), changesBetween(base, mine))
  let terms = theirs
  for (const { field, to } of own) terms = withField(terms, field, to ?? undefined)
  return { terms, theirs: other, clashes }
}

/** Which fields two people both changed, each in another way. */
export function bothChanged<Field extends string>(
  other: { field: Field; from: unknown; to: unknown }[],
  own: { field: Field; from: unknown; to: unknown }[]
) {
  const mine = new Map(own.map(({ field, to }) => [field, to]))
  const clashes = other
    .filter(({ field, to }) => mine.has(field) && !equal(mine.get(field), to))
    .map(({ field }) => field)
  return { own, other, clashes }
}

/** Whether two values of JSON say the same. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return (a ?? null) === (b ?? null)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.every((key) => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
