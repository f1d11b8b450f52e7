import type { TextKey } from '../texts/language.ts'

/** Something about one thing that was given. `field` is its name in the form or its path in the JSON; '' is the whole. */
export type Problem = {
  field: string
  key: TextKey
  args?: Readonly<Record<string, string | number>>
  /** Said instead of the text: words of the programme, such as those of a rule. */
  words?: { readonly lv: string; readonly en: string }
}

/** Why it was not done, in the order in which they are found. */
export type Reason =
  /** Nobody is signed in. */
  | 'sign-in'
  /** This role asks for a second factor. */
  | 'second-factor'
  /** The last proof of who they are is too long ago for this. */
  | 'proof'
  /** It could be done in another role of the caller's: `role`. */
  | 'other-role'
  | 'not-allowed'
  /** It is not there, or the caller may not know that it is. */
  | 'not-found'
  /** What was given has to be settled: `problems`. */
  | 'invalid'
  /** Somebody else changed it meanwhile: `current` is what stands now. */
  | 'changed'
  | 'too-often'
  /** The state of things does not allow it (any more): `problems` say why. */
  | 'not-now'
  /** It was right, but could not be stored: ours to mend. */
  | 'failed'

/** A refusal is a value: it says why, and what the person can do. Nothing was stored. */
export type Refused = {
  refused: Reason
  problems: readonly Problem[]
  /** With other-role: the role held (people.role) to switch to. */
  role?: string
  /** With changed: what stands now. */
  current?: unknown
  /** With too-often. */
  retryAfterSeconds?: number
}

/** Refuses. */
export function refused(reason: Reason, more: Partial<Omit<Refused, 'refused'>> = {}): Refused {
  return { refused: reason, problems: [], ...more }
}

/** Refuses what was given, by one problem. */
export function invalid(field: string, key: TextKey, args?: Problem['args']): Refused {
  return refused('invalid', { problems: [args ? { field, key, args } : { field, key }] })
}

/** Refuses because of how things stand, by one reason. */
export function notNow(key: TextKey, args?: Problem['args']): Refused {
  return refused('not-now', { problems: [args ? { field: '', key, args } : { field: '', key }] })
}

/** Tells a refusal from what was asked for. */
export function isRefused(outcome: unknown): outcome is Refused {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome && 'problems' in outcome
}

/** The HTTP status of a refusal. */
export const statusOf: Readonly<Record<Reason, 401 | 403 | 404 | 409 | 422 | 429 | 503>> = {
  'sign-in': 401,
  'second-factor': 403,
  proof: 403,
  'other-role': 403,
  'not-allowed': 403,
  'not-found': 404,
  invalid: 422,
  changed: 409,
  'too-often': 429,
  'not-now': 409,
  failed: 503
}
