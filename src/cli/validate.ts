import { join } from 'node:path'
import { ProgrammeProblems, loadProgrammes } from '#server/programmes'
import { root } from '../configuration.ts'
import { type Command, exit } from './command.ts'

/** Holds the rule files against their schema, their sources and each other. */
export const command: Command = {
  name: 'validate',
  usage: '[FOLDER]',
  summary: 'cli.validate.summary',
  help: 'cli.validate.help',
  options: {},
  arguments: { least: 0, most: 1 },
  async run({ arguments: [folder], json, t, write, remark }) {
    try {
      const { programme, editions } = loadProgrammes(folder ?? join(root, 'programmes'))
      if (json) write(JSON.stringify([]))
      else write(t('cli.validate.fine', { actions: programme.actions.size, editions: editions.length }))
      return exit.done
    } catch (error) {
      if (!(error instanceof ProgrammeProblems)) throw error
      if (json) write(JSON.stringify(error.problems, null, 2))
      else
        for (const { file, line, column, path, message } of error.problems)
          remark(`${file}:${line}:${column} ${path} ${message}`)
      return exit.refused
    }
  }
}
