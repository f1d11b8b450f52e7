import { placeText } from '#modules/programmes'
import type { CheckReport } from '#server/programmes'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { DraftCheck } from './check-draft.server.ts'
import type { LimitWarning } from './limits-of-draft.server.ts'

/** The texts that the panel of the check says. */
export type CheckTexts = Say<KeysOf<'site' | 'applications-consortium'>>

type Cited = Pick<CheckReport['rules'][number], 'sources'>

const mostSets = 3

/** The check as its panel shows it: in one language, with only what somebody can act upon. */
export function shownCheck(
  { check, limits }: { check: DraftCheck | undefined; limits: readonly LimitWarning[] },
  language: Language
) {
  return {
    answer: check?.report.answer,
    waiting: check?.waiting ?? 0,
    action: check?.report.action ?? '',
    edition: check?.report.edition ?? 0,
    rules: (check?.report.rules ?? [])
      .filter(({ answer, severity }) => answer === 'not-met' && severity !== 'info')
      .map(({ id, says, reason, severity, ...rule }) => ({
        ...{ id, severity },
        says: says[language],
        reason: reason[language],
        sources: sourcesOf(rule, language)
      })),
    met: (check?.report.rules ?? []).filter(({ answer }) => answer === 'met').length,
    open: (check?.report.open ?? []).map((words) => words[language]),
    doubts: (check?.report.warnings ?? []).map((words) => words[language]),
    changes: (check?.report.repairs ?? [])
      .slice(0, mostSets)
      .map(({ changes }) => changes.map(({ text }) => text[language])),
    limits: limits.map(({ limit, level, beyond, participant, counted }) => ({
      ...{ level, beyond },
      of: limit.of,
      most: limit.applications,
      says: limit.says[language],
      sources: sourcesOf(limit, language),
      name: participant?.name,
      counted: counted ?? []
    }))
  }
}

export type ShownCheck = ReturnType<typeof shownCheck>

function sourcesOf({ sources }: Cited, language: Language): string[] {
  return sources.map(({ title, at }) => (at === undefined ? title : `${title}, ${placeText(at, language)}`))
}
