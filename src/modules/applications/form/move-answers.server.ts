import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type JsonValue, canonicalJson } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Answer } from '../application.ts'
import '../applications-tables.server.ts'

/** From one path of a draft to another. */
export type Move = { from: string; to: string }

/**
 * With the number of versions that another answer had where it comes to: its own are counted on from there, so that
 * what a page or another server remembers of the other one is never taken for it.
 */
export type AnswerMove = Move & { after: number }

/**
 * Moves answers with all their versions, all at once: they may change places with each other. A path of no answer is
 * passed over.
 * @throws where another answer stands at a path that one moves to
 */
export async function moveAnswers(
  transaction: Database,
  application: string,
  moves: readonly AnswerMove[]
): Promise<void> {
  if (moves.length === 0) return
  // No path begins so: first everything leaves, then everything arrives.
  const away = (path: string) => `~${path}`
  const leave = moves.map(({ from, to }) => ({ from, to: away(to), after: 0 }))
  const arrive = moves.map(({ to, after }) => ({ from: away(to), to, after }))
  for (const all of [leave, arrive]) await putAnswers(transaction, application, all)
}

/** Versions hang on their answer: it has to stand at both places while they pass. */
async function putAnswers(
  transaction: Database,
  application: string,
  moves: readonly AnswerMove[]
): Promise<void> {
  const list = sql`json_to_recordset(${JSON.stringify(moves)}::json)
    as m ("from" text, "to" text, after integer)`
  await sql`
    insert into applications.answer
      (application, path, text, value, version, length, digest, changed_by, changed_at)
    select application, m."to", text, value, version + m.after, length, digest, changed_by, changed_at
    from applications.answer a join ${list} on a.path = m."from"
    where a.application = ${application}`.execute(transaction)
  await sql`
    update applications.answer_version v set path = m."to", version = v.version + m.after from ${list}
    where v.application = ${application} and v.path = m."from"`.execute(transaction)
  await sql`
    delete from applications.answer a using ${list}
    where a.application = ${application} and a.path = m."from"`.execute(transaction)
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
