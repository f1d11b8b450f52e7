import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import { syncShippedBodies } from '#server/directory'
import { askIfLeaked, openProviders, readProviders } from '#server/people'
import { loadProgrammes } from '#server/programmes'
import { type AuditLog, openAuditLog } from '#shared/audit/index.ts'
import {
  type Connected,
  type Database,
  type EmbeddedDatabaseNews,
  connect,
  settleFiles,
  startEmbeddedDatabase
} from '#shared/database/index.ts'
import { useFonts } from '#shared/documents/fonts.ts'
import { startFollowing } from '#shared/events/index.ts'
import { openFileStore } from '#shared/files/file-store.ts'
import { openInternet } from '#shared/outbound/network.ts'
import { type ServerClock, startServerClock } from '#shared/time/server-clock.ts'
import { answers } from './answers.ts'
import { scopes } from './api/scopes.ts'
import type { App } from './app.ts'
import { type Configuration, root } from './configuration.ts'
import { openLog } from './open-log.ts'
import { personalData } from './personal-data.ts'
import { prepareDatabase } from './prepare-database.ts'
import { setUpDemonstration } from './demo/set-up/set-up.server.ts'
import { type Settled, settleDemonstration } from './demo/settle-demonstration.server.ts'

/** The version of the product, of package.json. */
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version

/**
 * Opens an installation: starts the embedded PostgreSQL or reaches for the one configured, and migrates.
 * Refuses, in words for the operator, what it cannot settle itself.
 */
export async function createApp(
  configuration: Configuration,
  options: { connected?: Connected } = {}
): Promise<App> {
  const { connected = 'kopa-server' } = options
  const log = openLog(configuration.logLevel)
  // Before the database: with half its rules the product does not start.
  const programmes = loadProgrammes(join(root, 'programmes'))
  const providers = openProviders(readProviders(configuration.oidcFile), () => performance.now())
  const { dataFolder, files: where, clamd } = configuration
  useFonts(configuration.fonts, (font) =>
    log.warn(font, 'a font cannot be read: documents are made without it')
  )
  const files = await openFileStore({ dataFolder, where, clamd })
  const embedded = configuration.databaseUrl
    ? undefined
    : await startEmbeddedDatabase({
        dataFolder: configuration.dataFolder,
        onNews: (news) => report(log, news)
      })
  const server = embedded?.application ?? { connectionString: configuration.databaseUrl! }
  const database = connect(server, connected, ({ message }) =>
    log.warn({ why: message }, 'a database connection was lost')
  )
  const clock = () => Temporal.Now.instant()
  const events = startFollowing({ database, server, log })
  let serverClock: ServerClock | undefined
  const close = async () => {
    serverClock?.stop()
    await events.stop()
    await database.destroy()
    await embedded?.stop()
  }
  const answered = answers({ database, programmes, clock })
  let settled: Settled
  let audit: AuditLog
  try {
    await prepareDatabase({ database, owner: embedded?.server, configuration, log })
    settled = await settleDemonstration(database, configuration, version)
    await rememberVersion(database)
    audit = await openAuditLog(database, configuration)
    serverClock = await startServerClock(database)
    await settleFiles(database, join(configuration.dataFolder, 'files'))
    await syncShippedBodies({ database, programmes, clock })
    if (settled.demonstration) await setUpDemonstration({ database, programmes, ...answered, clock })
  } catch (error) {
    await close()
    throw error
  }
  return {
    configuration,
    version,
    log,
    database,
    databaseServer: server,
    audit,
    events,
    programmes,
    files,
    ...answered,
    personalData,
    isLeaked: askIfLeaked(configuration.leakedPasswords, openInternet, log),
    providers,
    scopes,
    network: openInternet,
    clock,
    serverClock,
    embedded,
    ...settled,
    close: once(close)
  }
}

async function rememberVersion(database: Database): Promise<void> {
  const updated = await database.updateTable('kopa.installation').set({ version }).executeTakeFirst()
  if (updated.numUpdatedRows === 0n) {
    await database
      .insertInto('kopa.installation')
      .values({ version, restore_id: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

function report(log: Logger, news: EmbeddedDatabaseNews): void {
  if (news.event === 'left-over-stopped')
    log.warn(news, 'a database that an earlier process left over was stopped')
  if (news.event === 'restarted') log.error(news, 'the database had ended and was started again')
  if (news.event === 'away') log.error(news, 'the database is away, and is started again in a moment')
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
