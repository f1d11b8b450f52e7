import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../src/app.ts'
import { readConfiguration } from '../src/configuration.ts'
import { serve } from '../src/server.ts'
import { freshDatabase } from './database.ts'

/** The whole product, serving. */
export type RunningSite = {
  /** Such as http://127.0.0.1:41234, without a slash at the end. */
  address: string
  app: App
  stop: () => Promise<void>
}

/**
 * Serves the built site on a free port, with a database of its own. One at a time in a test file, because pages
 * reach the app through the process.
 * @param environment variables of Kopā that the test is about
 */
export async function startSite(environment: Record<string, string> = {}): Promise<RunningSite> {
  const database = await freshDatabase()
  const data = mkdtempSync(join(tmpdir(), 'kopa-site-'))
  const read = readConfiguration({
    PORT: '0',
    LOG_LEVEL: 'error',
    KOPA_DATA: data,
    // As in production: the product works as a role that owns nothing.
    DATABASE_URL: database.application ?? database.address,
    KOPA_MIGRATION_DATABASE_URL: database.address,
    ...environment
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { app, port, stop } = await serve(read.configuration)
  return {
    address: `http://127.0.0.1:${port}`,
    app,
    stop: async () => {
      await stop()
      await database.drop()
      rmSync(data, { recursive: true, force: true })
    }
  }
}
