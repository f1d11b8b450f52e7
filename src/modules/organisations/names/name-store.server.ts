import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { foldName, indexedWords, wordsOf } from './fold-name.ts'

/** Writes the names of any number of records, and the words in them. */
export async function writeNames(
  transaction: Database,
  records: readonly { id: string; country: string; names: readonly string[] }[]
): Promise<void> {
  const rows = records.flatMap(({ id, country, names }) =>
    names.map((name) => {
      const folded = foldName(name)
      return { id, name, folded, words: indexedWords(folded, country) }
    })
  )
  if (rows.length === 0) return
  // An array of arrays must be of one length; words hold no blanks.
  await sql`
    insert into organisations.name (organisation, name, folded, words)
    select id, name, folded, array_to_tsvector(string_to_array(words, ' ')) from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => name)}::text[],
      ${rows.map(({ folded }) => folded)}::text[], ${rows.map(({ words }) => words.join(' '))}::text[])
      as r (id, name, folded, words)`.execute(transaction)
  await writeWords(
    transaction,
    rows.map(({ folded }) => folded)
  )
}

/** Writes the words of folded names that are not known yet. */
export async function writeWords(transaction: Database, folded: readonly string[]): Promise<void> {
  // In one order, so that two who write the same words wait for each other and not in a circle.
  const words = [...new Set(folded.flatMap(wordsOf))].sort()
  await sql`
    insert into organisations.word select unnest(${words}::text[]) on conflict do nothing`.execute(
    transaction
  )
}
