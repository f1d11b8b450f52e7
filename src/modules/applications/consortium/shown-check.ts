import { placeText } from '#modules/programmes'
import type { CheckReport } from '#server/programmes'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { Outline } from '../application.ts'
import { eachOnce } from './consortium-of.ts'
import { type DraftCheck, reportOf } from './draft-check.ts'
import type { LimitWarning } from './limits-of-draft.server.ts'
import { unreadWords } from './unread-words.ts'

/** The texts that the panel of the check says. */
export type CheckTexts = Say<KeysOf<'site' | 'applications-consortium'>>

type Cited = Pick<CheckReport['rules'][number], 'sources'>

const mostSets = 3

/** The check as its panel shows it: in one language, with only what somebody can act upon. */
export function shownCheck(
  { check, limits }: { check: DraftCheck; limits: readonly LimitWarning[] },
  outline: Pick<Outline, 'participants'>,
  language: Language
) {
  const report = reportOf(check)
  return {
    state: check.state,
    answer: report?.answer,
    unread: check.unread.map((problem) => unreadWords(problem, outline)[language]),
    waiting: check.waiting,
    action: report?.action ?? '',
    edition: report?.edition ?? 0,
    rules: (report?.rules ?? [])
      .filter(({ answer, severity }) => answer === 'not-met' && severity !== 'info')
      .map((rule) => shownRule(rule, language)),
    met: (report?.rules ?? []).filter(({ answer }) => answer === 'met').length,
    open: report ? openPoints(report, outline, language) : [],
    doubts: (report?.warnings ?? []).map((words) => words[language]),
    changes: (report?.repairs ?? [])
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

/** What would settle an open answer, each once; of an organisation with its id, to lead to where it says so. */
function openPoints(
  { rules }: CheckReport,
  { participants }: Pick<Outline, 'participants'>,
  language: Language
) {
  const points = rules
    .filter(({ answer, severity }) => answer === 'unknown' && severity === 'block')
    .flatMap(({ about }) => about)
    .map((concern) => ({
      says: concern.text[language],
      participant: concern.of === 'partner' ? eachOnce(participants)[concern.partner]?.id : undefined
    }))
  return [...new Map(points.map((point) => [point.says, point])).values()]
}

/** A rule in one language, with where it is said. */
export function shownRule(
  { id, severity, says, reason, ...rule }: CheckReport['rules'][number],
  language: Language
) {
  return { id, severity, says: says[language], reason: reason[language], sources: sourcesOf(rule, language) }
}

export type ShownRule = ReturnType<typeof shownRule>
export type ShownCheck = ReturnType<typeof shownCheck>

function sourcesOf({ sources }: Cited, language: Language): string[] {
  return sources.map(({ title, at }) => (at === undefined ? title : `${title}, ${placeText(at, language)}`))
}
