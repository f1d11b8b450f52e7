import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import type { EarlierGrant } from './experience.ts'

/** What is known of an organisation's earlier grants, the newest first. */
export async function grantsOf(database: Database, organisation: string): Promise<EarlierGrant[]> {
  const rows = await database
    .selectFrom('organisations.earlier_grant')
    .select(['id', 'programme', 'action', 'call_year', 'role', 'project', 'source'])
    .where('organisation', '=', organisation)
    .where('withdrawn_at', 'is', null)
    .orderBy('call_year', 'desc')
    .orderBy('noted_at', 'desc')
    .execute()
  return rows.map(({ call_year, project, ...row }) => ({
    ...row,
    callYear: call_year,
    project: project ?? undefined
  }))
}

/** Takes a note back that was wrong. @returns whether there was one */
export async function withdrawGrant(
  transaction: Database,
  organisation: string,
  id: string
): Promise<boolean> {
  const withdrawn = await transaction
    .updateTable('organisations.earlier_grant')
    .set({ withdrawn_at: sql`clock_timestamp()` })
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return withdrawn.numUpdatedRows > 0n
}
