import type { Database } from '#shared/database/index.ts'
import '../applications-tables.server.ts'

/** Who asked a partner to take part: they are told what came of it. */
export async function whoAsked(database: Database, participant: string): Promise<string[]> {
  const row = await database
    .selectFrom('applications.participant')
    .select('added_by')
    .where('id', '=', participant)
    .executeTakeFirst()
  return row ? [row.added_by] : []
}
