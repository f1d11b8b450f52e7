import { Temporal } from 'temporal-polyfill'
import { writeBackup } from '#shared/database/index.ts'
import { configurationOfThisProcess } from '../configuration.ts'
import { version } from '../create-app.ts'
import { type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'

/** Copies the whole installation into one file. */
export const command: Command = {
  name: 'backup',
  usage: 'FILE',
  summary: 'cli.backup.summary',
  help: 'cli.backup.help',
  options: {},
  arguments: { least: 1, most: 1 },
  async run({ arguments: [to], json, t, write }) {
    const installation = await openInstallation(configurationOfThisProcess(), 'existing')
    try {
      const now = Temporal.Now.instant().toString()
      const { server, files } = installation
      const manifest = await writeBackup({ server, files, to: to!, product: version, now })
      const { rows, documents } = counted(manifest)
      if (json) write(JSON.stringify({ file: to, rows, files: documents, migrations: manifest.migrations }))
      else write(t('cli.backup.done', { file: to!, rows, files: documents }))
      return exit.done
    } finally {
      await installation.close()
    }
  }
}

/** How much a backup holds. */
export function counted(manifest: { tables: { rows: number }[]; parts: { name: string }[] }) {
  return {
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    documents: manifest.parts.filter((part) => part.name.startsWith('files/')).length
  }
}
