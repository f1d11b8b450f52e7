import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { DatabaseServer } from '../database/index.ts'
import { jobsLog, quiet } from './jobs-log.ts'

/** The schema that graphile-worker keeps its tables in. Not in a backup: jobs are made again from open deliveries. */
export const jobsSchema = 'graphile_worker'

/**
 * Makes or brings forward the tables of jobs. For the owner of the database, before anybody else connects.
 * @param role another role that works with them afterwards
 */
export async function installJobs(owner: DatabaseServer, role?: string): Promise<void> {
  const pool = new pg.Pool({ ...owner, application_name: 'kopa-command', max: 2 })
  // What breaks is heard by whoever uses it.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, schema: jobsSchema, logger: jobsLog(quiet) })
    if (role !== undefined) await openTo(pool, role)
  } finally {
    await pool.end()
  }
}

/** Its tables have row level security without policies: without one for it, another role sees nothing. */
async function openTo(pool: pg.Pool, role: string): Promise<void> {
  const to = pg.escapeIdentifier(role)
  await pool.query(`
    grant usage on schema ${jobsSchema} to ${to};
    grant select, insert, update, delete on all tables in schema ${jobsSchema} to ${to};
    grant usage on all sequences in schema ${jobsSchema} to ${to};
    grant execute on all functions in schema ${jobsSchema} to ${to};`)
  const { rows } = await pool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = $1::regnamespace and c.relrowsecurity
       and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'kopa')`,
    [jobsSchema]
  )
  for (const { name } of rows) await pool.query(`create policy kopa on ${name} to ${to} using (true)`)
}
