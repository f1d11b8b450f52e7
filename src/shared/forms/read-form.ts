import type { z } from 'zod'
import type { TextKey } from '../texts/language.ts'
import type { Problem } from './refused.ts'

/** What somebody typed, by the name of the field: a form comes back with it, whatever was wrong. */
export type Typed = Record<string, string | string[]>

/** What a schema made of what was given: the data, or what has to be settled. */
export type Read<Data> = { data: Data } | { problems: Problem[] }

/**
 * The texts of a posted form. A field that stands there several times is a list. Files are left out, names that
 * begin like a password are never kept.
 */
export function typedIn(form: FormData): Typed {
  const typed: Typed = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    const before = typed[name]
    if (before === undefined) typed[name] = value
    else typed[name] = Array.isArray(before) ? [...before, value] : [before, value]
  }
  return typed
}

/** What may be shown again: everything but secrets. */
export function shownAgain(typed: Typed): Typed {
  return Object.fromEntries(
    Object.entries(typed).filter(([name]) => !/password|secret|recovery|^code$/i.test(name))
  )
}

/**
 * Reads what a form or a machine gave, by a schema made of fields.ts. Messages of the schema are text keys.
 * One problem a field: the first.
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, given: unknown): Read<z.output<Schema>> {
  const result = schema.safeParse(given)
  if (result.success) return { data: result.data }
  const problems = new Map<string, Problem>()
  for (const issue of result.error.issues) {
    const field = fieldOf(issue)
    if (!problems.has(field)) problems.set(field, problemOf(field, issue))
  }
  return { problems: [...problems.values()] }
}

/** What is not known is named itself. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const own = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return [...issue.path, ...own].join('.')
}

function problemOf(field: string, issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'unrecognized_keys') return { field, key: 'form.no-such-field' }
  const key = (/^[a-z-]+\.[\w.-]+$/.test(issue.message) ? issue.message : 'form.not-understood') as TextKey
  if (issue.code === 'too_big') return { field, key, args: { most: Number(issue.maximum) } }
  if (issue.code === 'too_small') return { field, key, args: { least: Number(issue.minimum) } }
  return { field, key }
}
