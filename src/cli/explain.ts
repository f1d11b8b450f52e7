import { join } from 'node:path'
import { listActions, loadProgrammes, showAction, type ActionView } from '#server/programmes'
import { formatInstant, formatList, formatNumber } from '#shared/texts/index.ts'
import { root } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'

/** Tells the rules of an action in an edition, each with where it stands. */
export const command: Command = {
  name: 'explain',
  usage: 'ACTION --edition Y',
  summary: 'cli.explain.summary',
  help: 'cli.explain.help',
  options: { edition: { type: 'string' } },
  arguments: { least: 1, most: 1 },
  async run(call) {
    const {
      arguments: [action],
      options,
      json,
      t,
      write,
      remark
    } = call
    const programmes = loadProgrammes(join(root, 'programmes'))
    const known = listActions({ programmes })
    const entry = known.find((one) => one.action === action)
    if (!entry) {
      remark(
        t('cli.no-such-action', {
          action: action!,
          actions: known
            .map((one) => one.action)
            .sort()
            .join(', ')
        })
      )
      return exit.wrongUse
    }
    const asked = options.edition as string | undefined
    const view = showAction(
      { programmes },
      action!,
      asked === undefined ? entry.editions.at(-1)! : Number(asked)
    )
    if (!view) {
      remark(t('cli.no-such-edition', { edition: asked!, editions: entry.editions.join(', ') }))
      return exit.wrongUse
    }
    if (json) write(JSON.stringify(view, null, 2))
    else writeView(view, call)
    return exit.done
  }
}

function writeView(view: ActionView, { language, t, write }: Call) {
  const cite = ({ sources }: { sources: { title: string; at?: string }[] }) =>
    `  [${[...new Set(sources.map(({ title, at }) => (at ? `${title}, ${at}` : title)))].join('; ')}]`
  write(`${view.names[language]}, ${view.edition}\n${view.summary[language]}`)
  write(`\n${t('cli.explain.rules')}`)
  for (const rule of view.rules) {
    write(`– ${rule.says[language]}\n${cite(rule)}`)
    for (const other of rule.otherReadings)
      write(`  ${t('cli.explain.other-reading')} ${other.says[language]}\n${cite(other)}`)
  }
  write(`\n${t('cli.explain.deadlines')}`)
  for (const deadline of view.deadlines)
    write(`– ${formatInstant(deadline.instant, language)}\n${cite(deadline)}`)
  write(`\n${t('cli.explain.money')}`)
  for (const funding of view.funding) write(`– ${funding.says[language]}\n${cite(funding)}`)
  write(`\n${t('cli.explain.criteria')}`)
  for (const { criteria, threshold, ...rest } of view.awardCriteria) {
    const points = criteria.map(({ names, points }) => `${names[language]} ${formatNumber(points, language)}`)
    write(`– ${formatList(points, language)}; ${t('cli.explain.threshold', { threshold })}\n${cite(rest)}`)
  }
  write(`\n${t('cli.explain.facts')}`)
  for (const fact of view.facts) write(`– ${fact.says[language]}\n${cite(fact)}`)
}
