import type { Database } from '#shared/database/index.ts'

/**
 * Which bodies look after the organisations of a country, by id: their officers decide where an organisation has
 * nobody who could. A module above answers; the shell makes them known to each other.
 */
export type BodiesFor = (database: Database, country: string) => Promise<readonly string[]>
