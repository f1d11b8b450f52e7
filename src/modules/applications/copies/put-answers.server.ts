import { sql } from 'kysely'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { GivenAnswer } from '../form/filled.ts'
import { digestOfAnswer } from '../submission/manifest.ts'

/** An answer that is put into a draft from elsewhere, at a path. */
export type Putting = { path: string; given: GivenAnswer }

/**
 * Puts answers into a draft, each as a new version of its field: carried over from another draft, or from an earlier
 * version of the form. What stood there stays in the history. The caller holds the lock of the outline.
 */
export async function putAnswers(
  transaction: Database,
  application: string,
  puttings: readonly Putting[],
  by: string
): Promise<void> {
  if (puttings.length === 0) return
  const rows = puttings.map(({ path, given: { text, value, length } }) => ({
    path,
    text: text ?? null,
    value: text === undefined ? ((value ?? null) as JsonValue) : null,
    length,
    digest: digestOfAnswer(text ?? ((value ?? null) as JsonValue))
  }))
  // A text that was another text before: all of that goes, all of this comes.
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as g (path text, text text, value jsonb, length integer, digest text)
    ), before as (
      select g.path, a.text as was, coalesce(a.version, 0) as version
      from given g left join applications.answer a on a.application = ${application} and a.path = g.path
    ), put as (
      insert into applications.answer (application, path, text, value, version, length, digest, changed_by)
      select ${application}, g.path, g.text, g.value, b.version + 1, g.length, decode(g.digest, 'hex'), ${by}
      from given g join before b using (path)
      on conflict (application, path) do update set text = excluded.text, value = excluded.value,
        version = excluded.version, length = excluded.length, digest = excluded.digest,
        changed_by = excluded.changed_by, changed_at = clock_timestamp()
    )
    insert into applications.answer_version (application, path, version, delta, value, how, saved_by)
    select ${application}, g.path, b.version + 1,
      case when g.text is not null and (g.text <> '' or b.was <> '')
        then jsonb_build_array(jsonb_build_array(0, coalesce(b.was, ''), g.text)) end,
      g.value, 'imported', ${by}
    from given g join before b using (path)`.execute(transaction)
}
