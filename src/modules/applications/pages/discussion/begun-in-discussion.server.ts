import { createHash } from 'node:crypto'
import { begunBeside } from '#shared/forms/begun.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import { shownName } from './talk-names.ts'
import { begunInTalks } from './talk-act.server.ts'

/** A text as it is shown to who proposes another, in few letters: whether it was changed is seen by it. */
export function shownAs(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64url').slice(0, 22)
}

/**
 * Of what was typed on the page of a discussion, what is begun and not sent.
 * @param done the fields of what was sent
 */
export function begunInDiscussion(typed: Typed, done: readonly string[]): Typed {
  return {
    ...begunInTalks(typed, done),
    ...begunBeside(typed, { person: '', note: '' }, done),
    ...begunSuggestion(typed, done)
  }
}

function begunSuggestion(typed: Typed, done: readonly string[]): Typed {
  const { proposed, why = '', base } = typed
  if (typeof proposed !== 'string' || done.includes('proposed')) return {}
  const shown = typed[shownName]
  if (why === '' && shownAs(proposed) === shown) return {}
  // Of which text it is a change is part of it.
  return { proposed, why, ...(base && { base }), ...(shown && { [shownName]: shown }) }
}
