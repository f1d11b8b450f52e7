import { Temporal } from 'temporal-polyfill'
import { publishedHeads } from '#shared/audit/index.ts'
import { BackupRefused, restoreBackup, verifyBackup } from '#shared/database/index.ts'
import { configurationOfThisProcess } from '../configuration.ts'
import { counted } from './backup.ts'
import { type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'

/** Brings an installation back from a file that `backup` wrote. */
export const command: Command = {
  name: 'restore',
  usage: 'FILE [--replace]',
  summary: 'cli.restore.summary',
  help: 'cli.restore.help',
  options: { replace: { type: 'boolean' } },
  arguments: { least: 1, most: 1 },
  async run({ arguments: [from], options, json, t, write, remark }) {
    try {
      // Before a database is started or created for it.
      await verifyBackup(from!)
    } catch (error) {
      if (!(error instanceof BackupRefused)) throw error
      remark(error.say(t))
      return exit.unreadable
    }
    const configuration = configurationOfThisProcess()
    const installation = await openInstallation(configuration, 'stopped')
    try {
      const existing = options.replace ? 'replace' : 'keep'
      const { server, files } = installation
      const manifest = await restoreBackup({ server, files, from: from!, existing })
      const heads = publishedHeads(configuration.auditHeads).setAside(
        Temporal.Now.instant().toString().slice(0, 19)
      )
      for (const file of heads) remark(t('cli.restore.heads-aside', { file }))
      const { rows, documents } = counted(manifest)
      if (json) write(JSON.stringify({ file: from, createdAt: manifest.createdAt, rows, files: documents }))
      else write(t('cli.restore.done', { rows, files: documents, from: manifest.createdAt.slice(0, 10) }))
      return exit.done
    } finally {
      await installation.close()
    }
  }
}
