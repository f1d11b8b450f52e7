import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { talk } from '../writing/discussed.server.ts'

export const permission = ofTheConsortium

export const endings = ['done', 'taken-back'] as const
export type Ending = (typeof endings)[number]

/** Ends a task: whoever was asked has done it, whoever gave it or speaks for the whole takes it back. */
export async function endTask(
  app: { database: Database },
  caller: Caller,
  application: string,
  id: string,
  ending: Ending
): Promise<{ ending: Ending } | Refused> {
  return talk(app, caller, application, async ({ transaction, outline, access, who }) => {
    const task = await transaction
      .selectFrom('applications.task')
      .select(['person', 'given_by', 'ending'])
      .where('id', '=', id)
      .where('application', '=', outline.id)
      .forUpdate()
      .executeTakeFirst()
    if (!task) return refused('not-found')
    const may = ending === 'done' ? [task.person] : [task.given_by]
    if (!access.editsAll && !may.includes(who.person)) return refused('not-allowed')
    if (task.ending) return { ending: task.ending }
    await transaction
      .updateTable('applications.task')
      .set({ ending, ended_by: who.person, ended_at: sql<string>`clock_timestamp()` })
      .where('id', '=', id)
      .execute()
    return { ending }
  })
}
