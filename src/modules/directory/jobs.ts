import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import './directory-tables.server.ts'

/** What this module does on a clock; src/worker/schedule.ts says when. */
export const jobs = {
  'directory.forget-invitations': ({ database }: { database: Database }) => forgetInvitations(database)
}

// An address that was typed is nobody's business once its link is closed; a month to find out what went wrong.
const keptDays = 30

/** Lets go of invitations that were accepted, withdrawn or too old. */
async function forgetInvitations(database: Database): Promise<void> {
  await sql`
    delete from directory.invitation
    where coalesce(accepted_at, withdrawn_at, expires_at) < clock_timestamp() - make_interval(days => ${sql.lit(keptDays)})`.execute(
    database
  )
}
