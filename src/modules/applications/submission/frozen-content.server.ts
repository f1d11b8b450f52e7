import { sql } from 'kysely'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type SealedContent, contentFormat, hashOfContent } from './manifest.ts'
import './submission-tables.server.ts'

/**
 * What was handed in, whole. As long as an application stays submitted its answers stand in the draft, where nobody may
 * change them; before it is opened again they are copied. One statement reads either, of one moment.
 */
export async function contentOf(database: Database, submission: string): Promise<SealedContent> {
  const { answers, frame } = await database
    .selectFrom('applications.submitted_content as c')
    .innerJoin('applications.submission as s', 's.id', 'c.submission')
    .select([
      'c.frame',
      sql<Record<string, JsonValue>>`coalesce(c.answers, ${answersStanding})`.as('answers')
    ])
    .where('c.submission', '=', submission)
    .executeTakeFirstOrThrow()
  return { format: contentFormat, ...frame, answers }
}

// The answers of the draft, but for those that were not part of what was handed in.
const answersStanding = sql`(
  select coalesce(json_object_agg(a.path, coalesce(to_json(a.text), a.value::json, 'null')), '{}')
  from applications.answer a where a.application = s.application and a.path <> all(c.left_out))`

/**
 * Copies the answers of everything that was handed in of an application and not copied yet, in the transaction that
 * holds the application.
 * @throws Error when what stands is not what the hash on record holds
 */
export async function copyAnswers(transaction: Database, application: string): Promise<void> {
  const open = await transaction
    .selectFrom('applications.submission as s')
    .innerJoin('applications.submitted_content as c', 'c.submission', 's.id')
    .select(['s.id', 's.hash'])
    .where('s.application', '=', application)
    .where('c.answers', 'is', null)
    .execute()
  for (const { id, hash } of open) {
    const content = await contentOf(transaction, id)
    if (hashOfContent(content) !== hash.toString('hex'))
      throw new Error(`The answers of submission ${id} are not those that were handed in.`)
    await transaction
      .updateTable('applications.submitted_content')
      .set({ answers: JSON.stringify(content.answers) })
      .where('submission', '=', id)
      // Two may copy at once.
      .where('answers', 'is', null)
      .execute()
  }
}
