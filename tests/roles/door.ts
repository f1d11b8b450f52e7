import type { Concerns } from '#shared/identity/index.ts'
import type { Visitor } from './visitors.ts'
import type { World } from './world.ts'

/** One way into the product, and who decides there. */
export type Door = {
  /** As the code has it (routes.ts): 'load /calls/[call]', 'post /sign-out', 'api GET /api/v1/calls/:call'. */
  door: string
  /**
   * The action or the reads that decide who comes in, as docs/roles.md names them (`calls.save-call`): whoever all of
   * them let in does. None: the page holds nothing but its own words.
   */
  asks: readonly string[]
  /** Where it is in the world of the walk; left out where the address has no parts to fill. Asked for each visit. */
  at?: (world: World, visitor: Visitor) => Place | Promise<Place>
  /** Answers that also mean “come in”, where nothing better can be had without a mail or a second device. */
  alsoIn?: readonly number[]
  /** Puts right what the visit did to the visitor: somebody who left is back. */
  afterwards?: (world: World, visitor: Visitor) => Promise<void>
  /** It changes one’s own second factor, so it asks for it whoever one is. */
  ownSecondFactor?: true
  /** Whom the action refuses all the same, by the name of the visitor, with the reason that no matrix can hold. */
  butNot?: Readonly<Record<string, string>>
}

/** Where a door is, whose it is, and what is brought. */
export type Place = {
  /** What stands for the parts of the address in brackets, or after a colon. */
  parts?: Readonly<Record<string, string>>
  /** Without the question mark. */
  query?: string
  /** What it is about, as the action says it to the permission code. */
  concerns?: Concerns
  /** The fields of a form, or the JSON of an endpoint. It may be invalid: who is refused is refused before. */
  body?: Readonly<Record<string, unknown>>
}

/** Doors that anybody may enter, without parts in their address. */
export function open(asks: readonly string[], ...doors: string[]): Door[] {
  return doors.map((door) => ({ door, asks }))
}
