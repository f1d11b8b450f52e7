/** What a browser and the server say to each other about a field. Pure; browsers use it, too. */
import type { JsonValue } from '#shared/audit/canonical-json.ts'
import type { Delta } from './delta.ts'

/** What is to stand in a field, and the version of it that the writer saw: 0 where nothing was saved before. */
export type Save = {
  base: number
  /** A number that the writer draws, a UUID: the same save sent again is kept once. */
  save?: string | undefined
} & (
  | { text: string }
  | { delta: Delta }
  /** null takes the answer back. */
  | { value: JsonValue }
)

/** Says for whom a window saves (people.person): with whoever signed in meanwhile it is not saved. */
export const writerHeader = 'kopa-writer'

/** A save that is durable. */
export type Saved = {
  version: number
  /** Characters as people see them. */
  length: number
  /** ISO 8601, by the database's clock. */
  savedAt: string
  /** Whether others had changed the text meanwhile: both stand in it now. */
  merged: boolean
  /** For a save by its whole text: the text that stands, where it is another. */
  text?: string
  /** For a save by what changed: what leads from the writer's text to the one that stands. [] is left out. */
  delta?: Delta
  /** The value that stands, where the form reads it in another way than it was sent. */
  value?: JsonValue
}

/** A field as it stands; with `since`, what leads a text from that version to this one. */
export type FieldNow = {
  version: number
  length: number
  savedAt: string
  text?: string
  value?: JsonValue
  delta?: Delta
}

/** What stands now, in a refusal as changed. */
export type ChangedMeanwhile = { version: number; value: JsonValue; savedAt: string }

/** Somebody saved: what those who have the application open hear. */
export type Heard = {
  path: string
  version: number
  /** Of a text. */
  delta?: Delta
  /** Of any other answer. */
  value?: JsonValue
  /** people.person */
  by: string
}

/** Where somebody's cursor stands, or what they have selected: UTF-16 units of the text of a version. */
export type Cursor = { path: string; version: number; from: number; to: number }

/** Somebody who has the application open. */
export type Present = {
  /** The number of their window. */
  view: string
  /** people.person */
  person: string
  name: string
  cursor?: Cursor
  /** The field that they are in, where there is no cursor. */
  path?: string
}

/** What a stream says (event name → data). */
export type LiveEvents = {
  /** At the beginning, also after a break: the newest version of every field. */
  versions: Record<string, number>
  saved: Heard
  /** Who is here now, all of them. */
  here: Present[]
  /** Comments, suggestions or tasks are others now: they are read anew. */
  comments: Record<string, never>
  /** Participants, rights or the state are others now: the page is read anew. */
  outline: { outline: number }
  /** The stream ends and is not to be opened again: signed out, or no longer of the consortium. */
  ended: { reason: string }
}
