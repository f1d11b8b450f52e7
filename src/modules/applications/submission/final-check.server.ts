import { actionOfCall } from '#server/programmes'
import { draftOf, rulesFor } from '../budget/budget-at-work.server.ts'
import { type Budget, ruleBehind } from '../budget/budget.ts'
import { type Reading, findingSentence } from '../budget/budget-words.ts'
import { computeBudget } from '../budget/compute-budget.ts'
import { mandateHolds } from '../consortium/mandate.ts'
import { type SectionProgress, askedPaths, completeness } from '../form/completeness.ts'
import type { Filled } from '../form/filled.ts'
import { formUnder } from '../form-of-draft.server.ts'
import type { AtHand } from './asked.ts'
import { budgetAgainstForm } from './budget-against-form.ts'
import { eligibilityFindings } from './eligibility-findings.server.ts'
import type { Finding } from './final-check.ts'
import { formFindings, inBoth } from './form-findings.ts'

/** What a last look found, and what it looked at. */
export type Checked = {
  findings: Finding[]
  /** The paths of all that is asked now: what the application consists of (decision 102). */
  asked: ReadonlySet<string>
}

/**
 * Everything that is to be said of an application before it is handed in. Blocking findings are asked for again in the
 * acceptance, of the very answers that are frozen.
 */
export function finalCheck(atHand: AtHand): Checked {
  const filled = filledOf(atHand)
  const progress = completeness(filled)
  const asked = askedPaths(progress)
  return {
    asked,
    findings: [
      ...openedFindings(atHand),
      ...formFindings(filled, progress),
      ...consortiumFindings(atHand),
      ...eligibilityFindings(atHand, { form: filled.form, asked }),
      ...budgetFindings(atHand, filled, progress)
    ]
  }
}

/** Before it opens, a call may still be changed to open something else: what was begun for it cannot follow. */
function openedFindings({ outline, call }: AtHand): Finding[] {
  const opened = call.actions.length > 0 ? call.actions.map(({ action }) => action) : [actionOfCall]
  if (opened.includes(outline.action)) return []
  const says = { key: 'applications-submission.finding.not-opened' } as const
  return [{ part: 'eligibility', weight: 'blocks', says, mend: '' }]
}

/** The form with what is answered. Of long texts only their length matters: their digest stands for them. */
export function filledOf({
  outline,
  answers,
  applied
}: Pick<AtHand, 'outline' | 'answers' | 'applied'>): Filled {
  const { language, participants } = outline
  return { form: formUnder(applied, outline), language, participants, answers }
}

function consortiumFindings({ outline, mandates }: AtHand): Finding[] {
  return outline.participants.flatMap(({ id, state, name }): Finding[] => {
    const says = (
      key: 'not-agreed' | 'no-mandate' | 'mandate-to-confirm',
      weight: Finding['weight']
    ): Finding[] => [
      {
        ...{ part: 'consortium', weight, mend: 'consortium' },
        says: { key: `applications-submission.finding.${key}`, args: { name } }
      }
    ]
    if (state === 'invited') return says('not-agreed', 'blocks')
    const mandate = mandates.get(id) ?? 'missing'
    // That an officer has not looked at a document yet makes nobody late.
    if (mandate === 'to-confirm') return says('mandate-to-confirm', 'advice')
    return mandateHolds(mandate) ? [] : says('no-mandate', 'blocks')
  })
}

/** What keeps a budget from being handed in, each with the rule behind it; of the rest only how much there is. */
function budgetFindings(
  { outline, answers, budget, applied, facts }: AtHand,
  filled: Filled,
  progress: readonly SectionProgress[]
): Finding[] {
  const rules = rulesFor(applied, outline, answers, facts)
  const { findings } = computeBudget(rules, { ...draftOf(outline, answers), lines: budget.lines })
  const blocking = findings.filter(({ weight }) => weight === 'blocks')
  return [
    ...budgetAgainstForm(filled, progress, { lines: budget.lines, categories: rules.categories }),
    ...blocking.map((finding): Finding => ({
      ...{ part: 'budget', weight: 'blocks' },
      says: inBoth((t, language) => sayFinding(finding, budget.lines, { t, language, rules })),
      mend: finding.line ? `budget#line-${finding.line}` : 'budget'
    })),
    ...(['warns', 'advises'] as const).flatMap((weight): Finding[] => {
      const count = findings.filter((finding) => finding.weight === weight).length
      const says = { key: `applications-budget.findings.${weight}` as const, args: { count } }
      return count > 0 ? [{ part: 'budget', weight: 'advice', says, mend: 'budget' }] : []
    })
  ]
}

function sayFinding(
  finding: Budget['findings'][number],
  lines: AtHand['budget']['lines'],
  reading: Reading
): string {
  const at = lines.findIndex(({ id }) => id === finding.line)
  const { t, language, rules } = reading
  const line = lines[at] && t('applications-budget.findings.line', { number: at + 1, title: lines[at].title })
  // A justification is asked for in the words of its rule already.
  const rule = finding.kind === 'justify' ? undefined : finding.rule && ruleBehind(rules, finding.rule)?.says
  const said = [findingSentence(finding, reading), rule?.[language]].filter(Boolean).join(' ')
  return line ? `${line} – ${said}` : said
}
