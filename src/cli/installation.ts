import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DatabaseServer,
  dataFolderHolder,
  runningEmbeddedDatabase,
  startEmbeddedDatabase
} from '#shared/database/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import type { Configuration } from '../configuration.ts'

/** An installation that a command works on; its database as the owner of it. */
export type Installation = { server: DatabaseServer; files: string; close: () => Promise<void> }

/**
 * Reaches the installation of a configuration: the server of DATABASE_URL; else the embedded one, which is started
 * for the time of the command unless it runs.
 * @param need 'existing': refuses where nothing was installed; 'stopped': refuses while Kopā runs, and may create
 */
export async function openInstallation(
  configuration: Configuration,
  need: 'existing' | 'stopped'
): Promise<Installation> {
  const { databaseUrl, migrationDatabaseUrl, dataFolder } = configuration
  const files = join(dataFolder, 'files')
  if (databaseUrl) {
    const server = { connectionString: migrationDatabaseUrl ?? databaseUrl }
    return { server, files, close: async () => {} }
  }
  const holder = existsSync(dataFolder) ? await dataFolderHolder(dataFolder) : undefined
  if (holder && need === 'stopped') throw new Refusal((t) => t('cli.restore.served'))
  const running = runningEmbeddedDatabase(dataFolder)
  if (!running && need === 'existing')
    throw new Refusal((t) => t('cli.nothing-installed', { folder: dataFolder }))
  if (holder && running) return { server: running.server, files, close: async () => {} }
  const started = await startEmbeddedDatabase({ dataFolder })
  return { server: started.server, files, close: started.stop }
}
