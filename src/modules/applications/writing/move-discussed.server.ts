import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { discussed } from './discussed.server.ts'
import './writing-tables.server.ts'

/** Where things are after a change of the form. */
export type Moves = {
  /** Where the question of a path stands now; undefined: where it stood, or nowhere. */
  question: (path: string) => string | undefined
  /** By the path where it stood: where an answer with all its versions stands now. */
  text: ReadonlyMap<string, string>
}

type Move = { from: string; to: string }

/**
 * Moves what hangs on the parts of a draft. What people say, and what they were asked to write, goes with the question;
 * a suggested change goes with the text that it changes, also where that was laid aside.
 */
export async function moveDiscussed(
  transaction: Database,
  application: string,
  { question, text }: Moves
): Promise<void> {
  const { rows } = await sql<{ path: string }>`
    select path from applications.comment where application = ${application}
    union select path from applications.task where application = ${application}
    union select path from applications.suggestion where application = ${application}`.execute(transaction)
  const paths = rows.map(({ path }) => path)
  const moved = (to: (path: string) => string | undefined): Move[] =>
    paths.flatMap((from) => {
      const now = to(from)
      return now === undefined || now === from ? [] : [{ from, to: now }]
    })
  const withQuestions = moved(question)
  const withTexts = moved((path) => text.get(path) ?? question(path))
  if (withTexts.length === 0) return
  const moves = JSON.stringify(withQuestions)
  await sql`
    update applications.comment c set path = m."to"
    from json_to_recordset(${moves}::json) as m ("from" text, "to" text)
    where c.application = ${application} and c.path = m."from"`.execute(transaction)
  // Whoever was asked the same there already is asked once.
  await sql`
    update applications.task t set path = m."to"
    from json_to_recordset(${moves}::json) as m ("from" text, "to" text)
    where t.application = ${application} and t.path = m."from" and not exists (
      select from applications.task o where o.application = t.application and o.path = m."to"
        and o.person = t.person and o.ended_at is null and t.ended_at is null)`.execute(transaction)
  await sql`
    update applications.suggestion s set path = m."to"
    from json_to_recordset(${JSON.stringify(withTexts)}::json) as m ("from" text, "to" text)
    where s.application = ${application} and s.path = m."from"`.execute(transaction)
  await discussed(transaction, application)
}
