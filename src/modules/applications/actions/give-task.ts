import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { ofTheConsortium } from '../access.ts'
import { colleaguesOf, talk } from '../writing/discussed.server.ts'
import { writeTask } from '../writing/letters.server.ts'
import { countFor } from '../writing/limits.server.ts'
import { partThatStands } from '../writing/part.server.ts'

export const permission = ofTheConsortium

/** What somebody is asked to write. */
export type NewTask = {
  /** A field, or a section. */
  path: string
  person: string
  note?: string | undefined
}

/** Asks a colleague of the consortium to write a question or a section; they get a mail. Asked twice, it is one task. */
export async function giveTask(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  application: string,
  { path, person, note }: NewTask
): Promise<{ id: string } | Refused> {
  return talk(app, caller, application, async ({ transaction, outline, access, who }) => {
    const part = await partThatStands(app, transaction, outline, path)
    if (isRefused(part)) return part
    if (!access.edits(path)) return refused('not-allowed')
    const colleague = (await colleaguesOf(transaction, outline)).get(person)
    if (!colleague) return invalid('person', 'applications-writing.problem.no-colleague')
    const often = await countFor(transaction, 'task', who.person)
    if (often) return often
    const given = await transaction
      .insertInto('applications.task')
      .values({
        application: outline.id,
        path,
        person,
        note: note ?? null,
        given_by: who.person,
        ended_by: null,
        ending: null
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (given && person !== who.person && !(await countFor(transaction, 'mail', person, outline.id)))
      await writeTask(transaction, colleague, { outline, by: who.name, part: part.title })
    if (given) return given
    return transaction
      .selectFrom('applications.task')
      .select('id')
      .where('application', '=', outline.id)
      .where('path', '=', path)
      .where('person', '=', person)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow()
  })
}
