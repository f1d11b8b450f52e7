/** What a field needs of the world outside, and what it hears from there. field-ports.ts is the real one. */
import type { Delta } from './delta.ts'
import type { Saved } from './wire.ts'

/** Why a save failed, in the words of the server. `reason` as in the refusals of the API. */
export type Failure = { reason: string; said: { lv: string; en: string } }

/** What became of a save. */
export type Sent =
  | { outcome: 'saved'; saved: Saved }
  /** It will be refused again, until something else is typed or done. */
  | { outcome: 'refused'; failure: Failure }
  /** Not now, but soon. */
  | { outcome: 'busy'; failure: Failure; seconds: number }
  | { outcome: 'unreachable' }

/** What was typed and is not acknowledged: enough to save it after the browser died. */
export type Unsaved = {
  /** The version that it was typed into. */
  base: number
  /** As sent, perhaps kept already: it is sent again under the same number. */
  sent: { save: string; delta: Delta } | null
  /** What was typed since, about the text after `sent`. */
  delta: Delta
  /** That text, where there is both. */
  onto?: string | undefined
  /** The whole text, for a person to look at. */
  text: string
  /** When it was written down last, in milliseconds since 1970; an open page does so every five seconds. */
  at: number
}

/** The world outside. */
export type Ports = {
  send: (save: { base: number; save: string; delta: Delta }) => Promise<Sent>
  /** What others did since a version; undefined when the server cannot be reached. */
  since: (version: number) => Promise<{ version: number; delta: Delta } | undefined>
  /** Writes down what is not acknowledged, so that it outlives the browser; undefined: there is nothing any more. */
  keep: (unsaved: Unsaved | undefined) => void
  /** Does something later. @returns what calls it off */
  after: (milliseconds: number, work: () => void) => () => void
  /** Milliseconds since 1970. */
  now: () => number
  /** A new UUID. */
  draw: () => string
}
