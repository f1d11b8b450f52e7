import { type Formats, formatsOf } from './format.ts'
import type { Language, Say, TextKey } from './language.ts'

type Compiled = string | ((args: Record<string, unknown>, formats: Formats) => string)

/**
 * Makes the function that says texts, out of compiled messages.
 * A key that is not there is said as itself: an accident that the compiler prevents, and no reason to lose a page.
 */
export function sayFrom<Keys extends TextKey = TextKey>(
  language: Language,
  messages: Record<string, unknown>
): Say<Keys> {
  const formats = formatsOf(language)
  return (key, ...args) => {
    const message = messages[key] as Compiled | undefined
    if (typeof message === 'function') return message((args[0] ?? {}) as Record<string, unknown>, formats)
    return message ?? key
  }
}
