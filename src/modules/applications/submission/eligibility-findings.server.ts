import type { RuleReport } from '#server/programmes'
import type { Outline } from '../application.ts'
import { checkUnder } from '../consortium/check-draft.server.ts'
import { type DraftCheck, reportOf } from '../consortium/draft-check.ts'
import { unreadOf, unreadWords } from '../consortium/unread-words.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'
import { inBoth } from './form-findings.ts'

/**
 * May this consortium apply, by the rules of its call? What the programme's rules block, blocks; and so does what
 * cannot be read: a check that cannot be made never lets anybody through.
 */
export function eligibilityFindings({ outline, answers, budget, applied, facts }: AtHand): Finding[] {
  const check = checkUnder(applied, { outline, answers, lines: budget.lines }, facts)
  return [...unreadFindings(check, outline), ...(reportOf(check)?.rules ?? []).flatMap(notMet)]
}

function unreadFindings({ state, unread }: DraftCheck, outline: Outline): Finding[] {
  const says = { key: 'applications-submission.finding.unreadable' } as const
  const unreadable: Finding = { part: 'eligibility', weight: 'blocks', says, mend: 'consortium' }
  const values = unread.map((problem): Finding => {
    const reason = unreadWords(problem, outline)
    const participant = unreadOf(problem, outline)
    return {
      ...{ part: 'eligibility', weight: 'blocks' },
      says: inBoth((t, language) =>
        t('applications-submission.finding.unread', { reason: reason[language] })
      ),
      mend: participant ? `consortium/${participant.id}` : 'consortium'
    }
  })
  return state === 'unreadable' ? [...values, unreadable] : values
}

function notMet({ answer, severity, says, reason }: RuleReport): Finding[] {
  if (answer !== 'not-met' || severity === 'info') return []
  return [
    {
      part: 'eligibility',
      weight: severity === 'block' ? 'blocks' : 'advice',
      says: { lv: `${says.lv} ${reason.lv}`.trim(), en: `${says.en} ${reason.en}`.trim() },
      mend: 'consortium'
    }
  ]
}
