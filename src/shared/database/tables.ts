import type { ColumnType, Generated, Kysely } from 'kysely'
import type { Temporal } from 'temporal-polyfill'

/** A moment: read as Temporal.Instant, written as ISO text (instant.toString()). Column type timestamptz. */
export type Moment = ColumnType<Temporal.Instant, string, string>

/** This installation, one row. */
export type InstallationTable = {
  id: Generated<string>
  installed_at: ColumnType<Temporal.Instant, string | undefined, never>
  /** The version of the product that ran last. */
  version: string
  /** Set by a restore, so that an interrupted exchange of the files folder can be finished. */
  restore_id: string | null
}

/**
 * Every table of the product, as 'schema.table'. A module adds its own beside its store:
 *
 *     declare module '#shared/database/tables.ts' {
 *       interface Tables { 'applications.application': ApplicationTable }
 *     }
 */
export interface Tables {
  'kopa.installation': InstallationTable
}

/** The product's database, through kysely. */
export type Database = Kysely<Tables>

/** The schemas of the product: what a backup holds. Each `create schema` of migrations/ is named here. */
export const productSchemas: readonly string[] = [
  'kopa',
  'audit',
  'events',
  'mail',
  'files',
  'people',
  'organisations',
  'directory',
  'calls',
  'applications'
]
