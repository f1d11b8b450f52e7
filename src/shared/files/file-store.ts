import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import { type ClamdAddress, scanByClamd } from './clamd.ts'
import type { ScanResult } from './file.ts'
import { type S3Place, s3Storage } from './s3-storage.ts'
import { type FileStorage, localStorage } from './storage.ts'

/** Where files lie and who looks them over. Opened once; comes with the app. */
export type FileStore = {
  storage: FileStorage
  /** Where what arrives lies until it is looked over; part of no backup. */
  incoming: string
  /** Asks the virus scanner; undefined: this installation has none. */
  scan: ((path: string) => Promise<ScanResult>) | undefined
}

/** What the functions of this folder need of an app. */
export type HoldingFiles = {
  database: Database
  files: FileStore
  clock: () => Temporal.Instant
  log: Logger
}

/**
 * Opens the place of files.
 * @param where a bucket, or undefined: `files/` of the data folder
 * @throws Refusal when a bucket is configured and its packages are missing
 */
export async function openFileStore(options: {
  dataFolder: string
  where: S3Place | undefined
  clamd: ClamdAddress | undefined
}): Promise<FileStore> {
  const { dataFolder, where, clamd } = options
  return {
    storage: where ? await s3Storage(where) : localStorage(join(dataFolder, 'files')),
    incoming: join(dataFolder, 'incoming'),
    scan: clamd && ((path) => scanByClamd(clamd, path))
  }
}
