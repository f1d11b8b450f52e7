import { join } from 'node:path'
import { listActions, loadProgrammes } from '#server/programmes'
import { root } from '../configuration.ts'
import { type Command, exit } from './command.ts'

/** Lists the actions of the programme. */
export const command: Command = {
  name: 'actions',
  usage: '[--edition Y]',
  summary: 'cli.actions.summary',
  help: 'cli.actions.help',
  options: { edition: { type: 'string' } },
  arguments: { least: 0, most: 0 },
  async run({ options, json, language, t, write, remark }) {
    const programmes = loadProgrammes(join(root, 'programmes'))
    const asked = options.edition as string | undefined
    if (asked !== undefined && !programmes.editions.includes(Number(asked))) {
      remark(
        t('cli.no-such-edition', { edition: asked, editions: programmes.editions.toReversed().join(', ') })
      )
      return exit.wrongUse
    }
    const actions = listActions({ programmes }, asked === undefined ? undefined : Number(asked))
    if (json) write(JSON.stringify(actions, null, 2))
    else {
      for (const { action, names, editions } of actions) {
        write(`${action}\n  ${names[language]}\n  ${editions.join(', ')}`)
      }
    }
    return exit.done
  }
}
