import type { ConcernReport, RuleReport } from '#server/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Outline } from '../application.ts'
import { checkUnder } from '../consortium/check-draft.server.ts'
import { type Around, type Told, concernAt, mendOf, toldBy } from '../consortium/concerns.ts'
import { type DraftCheck, reportOf } from '../consortium/draft-check.ts'
import { unreadOf, unreadWords } from '../consortium/unread-words.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'
import { inBoth } from './form-findings.ts'

/**
 * May this consortium apply, by the rules of its call? What the programme's rules block, blocks; and so does what
 * cannot be read, and what those who apply have yet to tell: a check that cannot be made lets nobody through. What only
 * a register or an assessor can tell keeps nobody out (decision 140).
 */
export function eligibilityFindings(
  { outline, answers, budget, applied, facts }: AtHand,
  { form, asked }: Pick<Around, 'form' | 'asked'>
): Finding[] {
  const check = checkUnder(applied, { outline, answers, lines: budget.lines }, facts)
  const rules = (reportOf(check)?.rules ?? []).filter(({ severity }) => severity !== 'info')
  const around = { form, asked, participants: outline.participants, facts }
  return [
    ...unreadFindings(check, outline, around),
    ...rules.flatMap((rule) => (rule.answer === 'not-met' ? [notMet(rule, around)] : [])),
    ...openFindings(
      rules.filter(({ answer }) => answer === 'unknown'),
      around
    )
  ]
}

function unreadFindings({ state, unread }: DraftCheck, outline: Outline, around: Around): Finding[] {
  const says = { key: 'applications-submission.finding.unreadable' } as const
  const unreadable: Finding = { part: 'eligibility', weight: 'blocks', says, mend: 'consortium' }
  const values = unread.map((problem): Finding => {
    const reason = unreadWords(problem, outline)
    const participant = unreadOf(problem, outline)
    const concern = concernAt(problem.path)
    const elsewhere = concern ? mendOf(toldBy(concern, around)) : 'consortium'
    return {
      ...{ part: 'eligibility', weight: 'blocks' },
      says: inBoth((t, language) =>
        t('applications-submission.finding.unread', { reason: reason[language] })
      ),
      mend: participant ? `consortium/${participant.id}` : elsewhere
    }
  })
  return state === 'unreadable' ? [...values, unreadable] : values
}

/** What no source confirms yet never decides (decision 003). */
function weightOf({ severity, confidence }: RuleReport): Finding['weight'] {
  return severity === 'block' && confidence !== 'unverified' ? 'blocks' : 'advice'
}

/** A rule that does not hold, with the way to the answer or the organisation that breaks it. */
function notMet(rule: RuleReport, around: Around): Finding {
  const told = rule.about[0] && toldBy(rule.about[0], around)
  const said = sentencesOf(rule)
  const says = inBoth((t, language) => {
    const problem = said[language]
    if (told?.by !== 'form') return problem
    const [where, what] = [told.section.title[language], told.question.ask[language]]
    return t('applications-submission.finding.of-form', { where, what, problem })
  })
  return { part: 'eligibility', weight: weightOf(rule), says, mend: told ? mendOf(told) : 'consortium' }
}

type Untold = { told: Exclude<Told, { by: 'others' }>; fact: Words; rules: RuleReport[] }

/**
 * Rules that cannot be answered yet: each fact that is still to be told once, with all that waits for it; and each rule
 * that nothing those who apply can tell would answer.
 */
function openFindings(rules: readonly RuleReport[], around: Around): Finding[] {
  const untold = new Map<string, Untold>()
  const others: Finding[] = []
  for (const rule of rules) {
    const toTell = rule.about.flatMap((concern) => toTellOf(concern, around))
    for (const { told, fact } of toTell) {
      const known = untold.get(fact.en) ?? { told, fact, rules: [] }
      untold.set(fact.en, { ...known, rules: [...known.rules, rule] })
    }
    if (toTell.length === 0) others.push(ofOthers(rule, around))
  }
  return [...[...untold.values()].map(toBeTold), ...others]
}

function toTellOf(concern: ConcernReport, around: Around): Omit<Untold, 'rules'>[] {
  const told = toldBy(concern, around)
  return told.by === 'others' ? [] : [{ told, fact: concern.text }]
}

function toBeTold({ told, fact, rules }: Untold): Finding {
  const says = inBoth((t, language) => {
    const waiting = rules.map((rule) => rule.says[language]).join(' ')
    const args = { fact: fact[language], rules: waiting }
    if (told.by === 'form') {
      const [where, what] = [told.section.title[language], told.question.ask[language]]
      return t('applications-submission.finding.to-answer', { where, what, rules: waiting })
    }
    const { name, organisation } = told.participant
    return organisation === null
      ? t('applications-submission.finding.to-tell-by-coordinator', args)
      : t('applications-submission.finding.to-tell', { ...args, name })
  })
  const weight = rules.some((rule) => weightOf(rule) === 'blocks') ? 'blocks' : 'advice'
  return { part: 'eligibility', weight, says, mend: mendOf(told) }
}

function ofOthers(rule: RuleReport, around: Around): Finding {
  const said = sentencesOf(rule)
  const told = rule.about[0] && toldBy(rule.about[0], around)
  return {
    ...{ part: 'eligibility', weight: 'advice', mend: told ? mendOf(told) : 'consortium' },
    says: inBoth((t, language) => t('applications-submission.finding.of-others', { said: said[language] }))
  }
}

function sentencesOf({ says, reason }: RuleReport): Words {
  return { lv: `${says.lv} ${reason.lv}`.trim(), en: `${says.en} ${reason.en}`.trim() }
}
