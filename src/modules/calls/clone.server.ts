import { listActions, listPriorities } from '#server/programmes'
import type { Desk } from './at-desk.server.ts'
import { bodyOf } from './bodies.server.ts'
import type { CallTerms } from './call.ts'
import { type Clone, cloned } from './clone.ts'
import { guideTimes } from './guide.server.ts'

/** Moves terms of a body's call to another edition, by what the programme knows of it. */
export async function clonedTo(
  app: Desk,
  { body: id, edition: from }: { body: string; edition: number },
  terms: CallTerms,
  edition: number
): Promise<Clone> {
  const body = await bodyOf(app, id)
  return cloned(terms, from, {
    edition,
    body: body.kind,
    times: guideTimes(app, edition, terms.actions, body.kind),
    actions: new Map(listActions(app, edition).map(({ action, fields }) => [action, fields])),
    priorities: new Set(listPriorities(app, edition).map(({ id }) => id))
  })
}
