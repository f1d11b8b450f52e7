import { formatList } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { ActionLine, CheckView, CountryTile, RuleLine, Tally } from './check-view.ts'

/** What the results say, on the server and while somebody types. */
export type ResultTexts = Say<KeysOf<'check' | 'rules'>>

/** How the deciding rules of an action are answered: “Not met: 1 · open: 2 · met: 11”. */
export function tallyText({ met, notMet, open }: Tally, t: ResultTexts): string {
  return [
    ...(notMet > 0 ? [t('check.tally.not-met', { count: notMet })] : []),
    ...(open > 0 ? [t('check.tally.open', { count: open })] : []),
    t('check.tally.met', { count: met })
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
export function summaryText({ actions, opened }: CheckView, t: ResultTexts, language: Language): string {
  if (opened)
    return t('check.summary.opened', { action: opened.name, answer: t(`rules.answer.${opened.answer}`) })
  const count = (answer: ActionLine['answer']) => actions.filter((one) => one.answer === answer).length
  const [eligible, undetermined, notEligible] = [
    count('eligible'),
    count('undetermined'),
    count('not-eligible')
  ]
  const parts = [
    t('check.summary.eligible', { count: eligible }),
    t('check.summary.undetermined', { count: undetermined }),
    t('check.summary.not-eligible', { count: notEligible })
  ]
  return t('check.summary.all', { parts: formatList(parts, language) })
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
