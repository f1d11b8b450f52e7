import { type Programmes, formFor } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Filled } from '../form/filled.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'
import { formFindings } from './form-findings.ts'

type Holding = { database: Database; programmes: Programmes }

/**
 * Everything that is to be said of an application before it is handed in. Blocking findings are asked for again in
 * the acceptance, of the very answers that are frozen.
 */
export async function finalCheck(app: Holding, atHand: AtHand): Promise<Finding[]> {
  return [...formFindings(filledOf(app, atHand)), ...consortiumFindings(atHand)]
}

/** The form with what is answered. Of texts only their length matters, so they are not read. */
function filledOf({ programmes }: Holding, { outline, answers }: AtHand): Filled {
  const { action, edition, field, participants } = outline
  const form = formFor(programmes, { action, edition, field })
  if (!form) throw new Error(`There is no form of ${action} in ${edition}.`)
  return {
    form,
    participants,
    answers: new Map(
      answers.map(({ path, isText, value, length }) => [
        path,
        isText ? { text: 'x'.repeat(length), length } : { value, length }
      ])
    )
  }
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
