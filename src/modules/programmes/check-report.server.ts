import type { Answer, Confidence, Severity } from '#shared/rules/check.ts'
import type { Missing, RuleAnswer } from '#shared/rules/findings.ts'
import { concernsOf } from '#shared/rules/missing.ts'
import { missingText, openPoints, reasonOf, type Speech } from '#shared/rules/reasons.ts'
import { changeText } from '#shared/rules/repair-texts.ts'
import type { Bounds, RepairChange } from '#shared/rules/repairs.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { ActionResult, Edition } from './edition.ts'
import { otherReadingsOf, sourcesOfRule, type Citation, type ReadingView } from './citations.server.ts'
import type { Programme } from './programme.server.ts'
import { speechFor } from './speech.ts'

export type RuleReport = {
  id: string
  says: Words
  answer: RuleAnswer
  severity: Severity
  confidence: Confidence
  /** Who can settle it: the rules themselves, the application form, or an assessor. */
  settledBy: 'rules' | 'form' | 'assessor'
  reason: Words
  /** What an open answer waits for, or what breaks the rule; empty where it is about the consortium as a whole. */
  about: ConcernReport[]
  sources: Citation[]
  otherReadings: ReadingView[]
}

/** Something of the consortium that a rule turns on, in words: “the type or function of Riga School”. */
export type ConcernReport = Missing & { text: Words }

export type ChangeReport = {
  kind: 'add' | 'leave-out' | 'role' | 'coordinator' | 'charter' | 'duration' | 'grant' | 'answer'
  text: Words
  /** The rules that would not be met without it. */
  rules: string[]
}

/** One action's answer, for machines, the command line and downloads. */
export type CheckReport = {
  action: string
  edition: number
  names: Words
  answer: Answer
  rules: RuleReport[]
  /** What would settle an undetermined answer. */
  open: Words[]
  /** Rules not met whose only support is unverified: what to check before relying on the answer. */
  warnings: Words[]
  repairs: { changes: ChangeReport[] }[]
  /** Changes in each set; with no set and an incomplete search, at least so many are needed. */
  repairsSize: number
  /** Sets of changes in all; when not complete, at least so many. */
  repairsTotal: number
  repairsComplete: boolean
}

/** Puts a checked action into words of both languages, with citations and the fewest changes. */
export function checkReport(
  programme: Programme,
  edition: Edition,
  { action, result }: ActionResult,
  bounds?: Partial<Bounds>
): CheckReport {
  const speech: Record<Language, Speech> = {
    en: speechFor(edition, action, 'en', texts('en')),
    lv: speechFor(edition, action, 'lv', texts('lv'))
  }
  const both = (words: (one: Speech) => string): Words => ({ en: words(speech.en), lv: words(speech.lv) })
  const year = edition.data.edition
  const id = action.spec.action
  const repairs = action.repairs(result.encoded, bounds)
  const doubtful = result.verdicts.filter(
    ({ answer, rule }) =>
      answer === 'not-met' && rule.spec.severity === 'block' && rule.spec.confidence === 'unverified'
  )
  return {
    action: id,
    edition: year,
    names: action.names,
    answer: result.answer,
    rules: result.verdicts.map((verdict) => {
      const { spec } = verdict.rule
      return {
        id: spec.id,
        says: spec.says,
        answer: verdict.answer,
        severity: spec.severity,
        confidence: spec.confidence,
        settledBy: 'assessor' in spec ? 'assessor' : 'in-the-form' in spec ? 'form' : 'rules',
        reason: both((one) => reasonOf(verdict, result, one)),
        about: concernsOf(verdict.finding, result.encoded).map((one) => ({
          ...one,
          text: both((speaking) => missingText(one, result.encoded, speaking))
        })),
        sources: sourcesOfRule(programme, id, spec.id, year),
        otherReadings: otherReadingsOf(programme, id, spec.id, year)
      }
    }),
    open: openPoints(result).map((missing) => both((one) => missingText(missing, result.encoded, one))),
    warnings: doubtful.map(({ rule }) =>
      both(({ t, language }) => t('rules.warning.unverified', { rule: rule.spec.says[language] }))
    ),
    repairs: repairs.sets.map(({ changes }) => ({
      changes: changes.map((change) => ({
        kind: kindOf(change),
        text: both((one) => changeText(change, result.encoded, one)),
        rules: [...change.rules]
      }))
    })),
    repairsSize: repairs.size,
    repairsTotal: repairs.total,
    repairsComplete: repairs.complete
  }
}

function kindOf(change: RepairChange): ChangeReport['kind'] {
  if (change.kind !== 'value') return change.kind
  return change.name === 'durationMonths' ? 'duration' : change.name === 'grantEur' ? 'grant' : 'answer'
}
