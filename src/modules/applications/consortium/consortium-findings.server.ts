import type { CallTaking } from '#server/calls'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Answer, Outline, Participant } from '../application.ts'
import type { Finding } from '../submission/final-check.ts'
import { checkOfDraft } from './check-draft.server.ts'
import { limitsOfDraft } from './limits-of-draft.server.ts'

/**
 * What should be looked at before an application is handed in: rules that are not met, as far as is known, and limits
 * across applications. Whether it is eligible, officers decide: nothing of this keeps anybody from handing in.
 */
export async function consortiumAdvice(
  app: { database: Database; programmes: Programmes },
  {
    outline,
    answers,
    call,
    own
  }: { outline: Outline; answers: ReadonlyMap<string, Answer>; call: CallTaking; own: Participant }
): Promise<Finding[]> {
  const closesOn = call.closesAt.toZonedDateTimeISO(call.zone).toPlainDate().toString()
  const [check, limits] = await Promise.all([
    checkOfDraft(app, { outline, answers, closesOn }),
    limitsOfDraft(app, outline, { own, closesAt: call.closesAt })
  ])
  const rules = (check?.report.rules ?? []).filter(
    ({ answer, severity }) => answer === 'not-met' && severity !== 'info'
  )
  return [
    ...rules.map(({ reason }): Finding => ({
      part: 'eligibility',
      weight: 'advice',
      says: reason,
      mend: 'consortium'
    })),
    ...limits
      .filter(({ level }) => level === 'over')
      .map(({ limit }): Finding => ({
        part: 'consortium',
        weight: 'advice',
        says: limit.says,
        mend: 'consortium'
      }))
  ]
}
