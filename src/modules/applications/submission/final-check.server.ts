import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'

type Holding = { database: Database; programmes: Programmes }

/**
 * Everything that is to be said of an application before it is handed in. Blocking findings are asked for again in
 * the acceptance, of the very answers that are frozen.
 */
export async function finalCheck(_app: Holding, atHand: AtHand): Promise<Finding[]> {
  return consortiumFindings(atHand)
}

function consortiumFindings({ outline }: AtHand): Finding[] {
  return outline.participants.flatMap(({ state, name }): Finding[] =>
    state === 'invited'
      ? [
          {
            part: 'consortium',
            weight: 'blocks',
            says: { key: 'applications-submission.finding.not-agreed', args: { name } },
            mend: 'consortium'
          }
        ]
      : []
  )
}
