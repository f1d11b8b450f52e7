import { formatList } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { ActionLine, CheckView, CountryTile, OpenedAction, RuleLine, Tally } from './check-view.ts'

/** What the results say, on the server and while somebody types. */
export type ResultTexts = Say<KeysOf<'check' | 'rules'>>

/** So many sets of changes stand open; the others wait behind one press. */
export const mostCards = 3

/** How the deciding rules of an action are answered: “met: 11 · open: 2 · not met: 1”. */
export function tallyText({ met, notMet, open }: Tally, t: ResultTexts): string {
  return [
    t('check.tally.met', { count: met }),
    ...(open > 0 ? [t('check.tally.open', { count: open })] : []),
    ...(notMet > 0 ? [t('check.tally.not-met', { count: notMet })] : [])
  ].join(' · ')
}

/** What stands in the way of an action, in the words of its first such rule. */
export function inTheWayText({ inTheWay, answer, foreign }: ActionLine, t: ResultTexts): string {
  if (foreign && answer !== 'not-eligible') return t('check.line.foreign')
  if (inTheWay === undefined) return ''
  return answer === 'not-eligible'
    ? t('check.line.not-met', { rule: inTheWay })
    : t('check.line.open', { rule: inTheWay })
}

/** One short sentence for everybody, screen readers included. */
export function summaryText(view: CheckView, t: ResultTexts, language: Language): string {
  const summary = answersText(view, t, language)
  return view.over === undefined
    ? summary
    : `${summary} ${t('check.summary.over', { edition: String(view.over) })}`
}

function answersText({ actions, opened }: CheckView, t: ResultTexts, language: Language): string {
  if (opened) return t('check.summary.opened', { answer: opened.answer })
  const parts = (['eligible', 'undetermined', 'not-eligible'] as const).flatMap((answer) => {
    const count = actions.filter((one) => one.answer === answer).length
    return count > 0 ? [t(`check.summary.${answer}`, { count })] : []
  })
  return t('check.summary.all', { parts: formatList(parts, language) })
}

/** How many changes are needed, and how many ways there are. */
export function changesText(opened: OpenedAction, t: ResultTexts): string {
  const { changesNeeded: needed, changeSets, changeSetsTotal: total, changeSetsComplete } = opened
  if (opened.noWay && needed > 0) return t('check.changes.far', { count: needed })
  if (opened.noWay) return t('check.changes.none')
  const said = t('check.changes.count', { needed, total })
  if (changeSets.length === total && changeSetsComplete) return said
  return `${said} ${t('check.changes.shown', { shown: changeSets.length })}`
}

/** What a tile says besides its two letters. */
export function tileText({ name, organisations, set, coordinates }: CountryTile, t: ResultTexts): string {
  const parts = [t('check.tile.organisations', { count: organisations }), t(`check.tile.set.${set}`)]
  if (coordinates) parts.push(t('check.tile.coordinates'))
  return `${name}: ${parts.join(', ')}`
}

/** The heading of a group of rules. */
export function groupText(group: RuleLine['group'], count: number, t: ResultTexts): string {
  return t(`check.group.${group}`, { count })
}
