import type { Logger } from 'pino'
import {
  type Database,
  type DatabaseServer,
  connect,
  migrate,
  openToApplication,
  roleOf
} from '#shared/database/index.ts'
import { installJobs } from '#shared/jobs/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import type { Configuration } from './configuration.ts'

type Options = {
  /** As the role that the product works as. */
  database: Database
  /** The embedded database as its owner. */
  owner: DatabaseServer | undefined
  configuration: Configuration
  log: Logger
}

/**
 * Brings the database forward, as its owner, and opens it to the role that the product works as: that one cannot
 * change or delete what the audit holds. Where both are one role, the log says so.
 */
export async function prepareDatabase({ database, owner, configuration, log }: Options): Promise<void> {
  const { databaseUrl, migrationDatabaseUrl } = configuration
  const role = await reached('DATABASE_URL', () => roleOf(database))
  const server = owner ?? { connectionString: migrationDatabaseUrl ?? databaseUrl! }
  const variable = migrationDatabaseUrl ? 'KOPA_MIGRATION_DATABASE_URL' : 'DATABASE_URL'
  const asOwner = connect(server, 'kopa-command')
  try {
    const ownerRole = await reached(variable, () => roleOf(asOwner))
    const applied = await migrate(asOwner)
    if (applied.length > 0) log.info({ migrations: applied }, 'the database was brought up to date')
    if (role === ownerRole) {
      log.warn('the database has one role, so nothing keeps the application from changing the audit log')
      await installJobs(server)
    } else {
      await openToApplication(asOwner, role)
      await installJobs(server, role)
    }
  } finally {
    await asOwner.destroy()
  }
}

async function reached<Answer>(variable: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    const { code } = cause as { code?: string }
    // Connection refused, unknown host, timeouts; and PostgreSQL's classes 08, 28, 3D: no way in.
    if (!code || !/^(E[A-Z]+|08...|28...|3D000)$/.test(code)) throw cause
    const why = (cause as Error).message || code
    throw new Refusal((t) => t('operating.database-out-of-reach', { variable, why }), { cause })
  }
}
