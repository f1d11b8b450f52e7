import { listActions, listPriorities, type Programmes, readOwnRules } from '#server/programmes'
import type { CallKind, CallTerms } from './call.ts'
import type { CallBody } from './bodies.server.ts'
import { guideTimes } from './guide.server.ts'
import type { Around } from './readiness.ts'

/** Gathers what is asked of a call before it is reviewed: the guide of its edition, its body, its own rules. */
export function aroundOf(
  app: { programmes: Programmes },
  call: { edition: number; kind: CallKind },
  body: CallBody,
  terms: CallTerms
): Around {
  const { edition, kind } = call
  const own = readOwnRules(app.programmes, terms.rules, {
    edition,
    opened: terms.actions.map(({ action }) => action)
  })
  return {
    kind,
    body: body.kind,
    times: guideTimes(app, edition, terms.actions, body.kind),
    actions: new Map(listActions(app, edition).map(({ action, fields }) => [action, fields])),
    priorities: new Set(listPriorities(app, edition).map(({ id }) => id)),
    rules: 'problems' in own ? own.problems : []
  }
}
