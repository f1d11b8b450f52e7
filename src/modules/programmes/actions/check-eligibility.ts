import type { Consortium } from '#shared/rules/consortium.ts'
import { checkReport, type CheckReport } from '../check-report.server.ts'
import { checkAction, checkAll } from '../edition.ts'
import { existsIn, type Programmes } from '../programmes.server.ts'

/** Anybody may ask, without signing in: nothing is stored. */
export const permission = 'public'

export type EligibilityQuestion = { action?: string; edition?: number; consortium: Consortium }

/** The action is not known, or did not exist in the edition asked for; `existsIn` says when it did. */
export type NotInEdition = {
  refused: 'no-such-action' | 'no-such-edition' | 'not-in-edition'
  action?: string
  edition: number
  existsIn: readonly number[]
}

/** A list of all actions looks less far for changes than one action does: nobody waits for what is far off. */
const forAList = { limit: 5, maxSets: 60, maxWork: 10_000 } // not of a guide: how far a search goes

/**
 * May this consortium apply, and what is missing? Without an action, all actions of the edition answer, the nearest
 * first. Without an edition, the latest is meant.
 */
export function checkEligibility(
  { programmes }: { programmes: Programmes },
  { action, edition: asked, consortium }: EligibilityQuestion
): CheckReport[] | NotInEdition {
  const year = asked ?? programmes.editions[0]!
  const edition = programmes.edition(year)
  if (!edition) return { refused: 'no-such-edition', edition: year, existsIn: programmes.editions }
  if (action === undefined) {
    return checkAll(edition, consortium).map((one) =>
      checkReport(programmes.programme, edition, one, forAList)
    )
  }

  const ready = edition.actions.get(action)
  if (ready) return [checkReport(programmes.programme, edition, checkAction(ready, consortium))]
  const files = programmes.programme.actions.get(action)
  if (!files) return { refused: 'no-such-action', action, edition: year, existsIn: [] }
  return { refused: 'not-in-edition', action, edition: year, existsIn: existsIn(files) }
}
