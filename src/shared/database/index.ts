/** The product's database: how to reach it, its tables, its migrations, the embedded server, backups. */
export { type Saying, atCommit } from './at-commit.ts'
export { type Connected, type DatabaseServer, connect, longestTransaction } from './connection.ts'
export { joining } from './joining.ts'
export { type Prepared, preparedQuery, runPrepared } from './prepared.ts'
export { appliedMigrations, lockInstallation, migrate } from './migrate.ts'
export { openToApplication, roleOf } from './roles.ts'
export { together } from './together.ts'
export { type Database, type Moment, type Tables, productSchemas } from './tables.ts'
export {
  type EmbeddedDatabase,
  type EmbeddedDatabaseNews,
  runningEmbeddedDatabase,
  startEmbeddedDatabase
} from './embedded/embedded-database.ts'
export { dataFolderHolder } from './embedded/holding.ts'
export { BackupRefused, type Manifest, verifyBackup } from './backup/manifest.ts'
export { restoreBackup } from './backup/restore-backup.ts'
export { settleFiles } from './backup/settle-files.ts'
export { writeBackup } from './backup/write-backup.ts'
