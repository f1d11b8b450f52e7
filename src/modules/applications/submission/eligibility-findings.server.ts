import { checkUnder } from '../consortium/check-draft.server.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'

/** May this consortium apply, by the rules of its call? What the programme's rules block, blocks. */
export function eligibilityFindings({ outline, answers, budget, applied, facts }: AtHand): Finding[] {
  const check = checkUnder(applied, { outline, answers, lines: budget.lines }, facts)
  return (check?.report.rules ?? []).flatMap(({ answer, severity, says, reason }): Finding[] => {
    if (answer !== 'not-met' || severity === 'info') return []
    return [
      {
        part: 'eligibility',
        weight: severity === 'block' ? 'blocks' : 'advice',
        says: { lv: `${says.lv} ${reason.lv}`.trim(), en: `${says.en} ${reason.en}`.trim() },
        mend: 'consortium'
      }
    ]
  })
}
