import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { AnswerMove } from '../form/move-answers.server.ts'
import { discussed } from './discussed.server.ts'
import './writing-tables.server.ts'

/** What changes its place with a change of the form, and how the versions that it speaks of are counted there. */
export type DiscussedMoves = {
  /** What people say, and what they were asked to write: it goes with the question. */
  talks: readonly AnswerMove[]
  /** A suggested change goes with the text that it changes, also where that was laid aside. */
  suggestions: readonly AnswerMove[]
}

/** Every part of a draft that somebody spoke of, was asked to write, or suggested a change of. */
export async function discussedPaths(database: Database, application: string): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select path from applications.comment where application = ${application}
    union select path from applications.task where application = ${application}
    union select path from applications.suggestion where application = ${application}`.execute(database)
  return rows.map(({ path }) => path)
}

/**
 * Moves what hangs on the parts of a draft, all at once: parts may change places with each other.
 * @throws where somebody was asked already to write what a task of theirs moves to
 */
export async function moveDiscussed(
  transaction: Database,
  application: string,
  { talks, suggestions }: DiscussedMoves
): Promise<void> {
  if (talks.length + suggestions.length === 0) return
  const withQuestions = listed(talks)
  await sql`
    update applications.comment c set path = m."to", quote_version = c.quote_version + m.after
    from ${withQuestions}
    where c.application = ${application} and c.path = m."from"`.execute(transaction)
  // One open task a person and part, at every moment: first all leave, then all arrive. No path begins with ~.
  await sql`
    update applications.task t set path = '~' || m."to" from ${withQuestions}
    where t.application = ${application} and t.path = m."from"`.execute(transaction)
  await sql`
    update applications.task t set path = m."to" from ${withQuestions}
    where t.application = ${application} and t.path = '~' || m."to"`.execute(transaction)
  await sql`
    update applications.suggestion s
    set path = m."to", base = s.base + m.after, version = s.version + m.after
    from ${listed(suggestions)}
    where s.application = ${application} and s.path = m."from"`.execute(transaction)
  await discussed(transaction, application)
}

function listed(moves: readonly AnswerMove[]) {
  return sql`json_to_recordset(${JSON.stringify(moves)}::json)
    as m ("from" text, "to" text, after integer)`
}
