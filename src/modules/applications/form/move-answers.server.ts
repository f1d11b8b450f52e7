import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type JsonValue, canonicalJson } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Answer } from '../application.ts'
import '../applications-tables.server.ts'

/** Moves an answer with all its versions. What already stands there stays. */
export async function moveAnswer(
  transaction: Database,
  application: string,
  from: string,
  to: string
): Promise<void> {
  const { rows } = await sql`
    insert into applications.answer
      (application, path, text, value, version, length, digest, changed_by, changed_at)
    select application, ${to}, text, value, version, length, digest, changed_by, changed_at
    from applications.answer where application = ${application} and path = ${from}
    on conflict do nothing returning path`.execute(transaction)
  if (rows.length === 0) return
  await transaction
    .updateTable('applications.answer_version')
    .set({ path: to })
    .where('application', '=', application)
    .where('path', '=', from)
    .execute()
  await transaction
    .deleteFrom('applications.answer')
    .where('application', '=', application)
    .where('path', '=', from)
    .execute()
}

/** Keeps an answer that became one of another kind as a version of its own, by who answered last. */
export async function turnAnswer(
  transaction: Database,
  application: string,
  path: string,
  answer: Answer
): Promise<void> {
  const value = JSON.stringify(answer.value)
  const digest = createHash('sha256')
    .update(canonicalJson(answer.value as JsonValue))
    .digest()
  await sql`
    with changed as (
      update applications.answer set value = ${value}::jsonb, version = version + 1, digest = ${digest},
        changed_at = clock_timestamp()
      where application = ${application} and path = ${path}
      returning application, path, version, value, changed_by, changed_at
    )
    insert into applications.answer_version (application, path, version, value, how, saved_by, saved_at)
    select application, path, version, value, 'imported', changed_by, changed_at from changed`.execute(
    transaction
  )
}
