import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import { type Meant, type TypedName, fitOfName, mayBeMistyped, meant, typedName } from './name-search.ts'

/** An organisation that was found by a name. */
export type FoundName = { organisation: string; name: string; fit: number }

type Candidate = { organisation: string; name: string; folded: string; words: string[] }

// What is looked at at most, so that a common word costs no more than a rare one.
const mostAlike = 24
const mostRows = 1500 // not of a guide: rows
const mostCandidates = 150

/** A worse fit is not what somebody meant. */
const leastFit = 0.45

/**
 * Organisations with a name like what was typed, the best fit first: without diacritics, in any order of words, with
 * typing errors, with abbreviations and in other languages for words that many names share. The last word may be
 * unfinished.
 *
 * Typing errors are found among the words of the register (some ten thousand), not among its names: a trigram
 * index over whole names answers a common word such as “school” in half a second.
 */
export async function findByName(database: Database, text: string, limit = 10): Promise<FoundName[]> {
  const typed = typedName(text)
  if (typed.folded === '') return []
  const [beginning, meanings] = await Promise.all([
    beginningWith(database, typed.folded),
    meaningsOf(database, typed.words)
  ])
  // One or two letters: what begins with them is all that can be said.
  const groups = typed.folded.length < 3 ? [] : meanings.filter((group) => group.size > 0)
  const all = groups.length === 0 ? [] : await holding(database, [groups], typed)
  const fewer = groups.map((_, left) => groups.toSpliced(left, 1))
  const some =
    groups.length < 2 || all.length + beginning.length >= limit ? [] : await holding(database, fewer, typed)
  const best = new Map<string, FoundName>()
  for (const candidate of [...beginning, ...all, ...some]) {
    const fit = fitOfName(typed, meanings, candidate)
    const { organisation, name } = candidate
    if (fit >= leastFit && fit > (best.get(organisation)?.fit ?? 0))
      best.set(organisation, { organisation, name, fit })
  }
  return [...best.values()].sort(byFit).slice(0, limit)
}

function byFit(one: FoundName, other: FoundName): number {
  return other.fit - one.fit || one.name.length - other.name.length || (one.name < other.name ? -1 : 1)
}

async function beginningWith(database: Database, folded: string): Promise<Candidate[]> {
  return database
    .selectFrom('organisations.name')
    .select(['organisation', 'name', 'folded', sql<string[]>`tsvector_to_array(words)`.as('words')])
    .where('folded', 'like', `${folded}%`)
    .orderBy(sql`folded using ~<~`)
    .limit(30)
    .execute()
}

/** For each typed word, the words of the register that it may mean. */
async function meaningsOf(database: Database, words: readonly string[]): Promise<Meant[]> {
  const doubtful = words.filter(mayBeMistyped)
  const { rows } = await sql<{ typed: string; found: string[] }>`
    select t.typed, array(
      select word from organisations.word where word % t.typed
      order by similarity(word, t.typed) desc, word limit ${mostAlike}
    ) as found
    from unnest(${doubtful}::text[]) as t (typed)`.execute(database)
  const found = new Map(rows.map((row) => [row.typed, row.found]))
  return words.map((word, at) => meant(word, found.get(word) ?? [], at === words.length - 1))
}

/** Names that hold a word of each group of one of the lists, those of a like length first. */
async function holding(
  database: Database,
  lists: readonly (readonly Meant[])[],
  { folded }: TypedName
): Promise<Candidate[]> {
  const query = lists.map((groups) => `(${groups.map(queryOf).join(' & ')})`).join(' | ')
  const { rows } = await sql<Candidate>`
    select organisation, name, folded, tsvector_to_array(words) as words from (
      select organisation, name, folded, words from organisations.name where words @@ ${query}::tsquery limit ${mostRows}
    ) c order by abs(length(folded) - ${folded.length}), name limit ${mostCandidates}`.execute(database)
  return rows
}

/** Any of the words, as PostgreSQL asks for them: they hold letters and digits only, so nothing has to be escaped. */
function queryOf(group: Meant): string {
  return `(${[...group.keys()].map((word) => (word.endsWith('*') ? `'${word.slice(0, -1)}':*` : `'${word}'`)).join(' | ')})`
}
