import type { Database } from '#shared/database/index.ts'
import { type Language, defaultLanguage, isLanguage } from '#shared/texts/language.ts'
import './people-tables.server.ts'

/** Somebody with an account. */
export type Person = { id: string; name: string; email: string; language: Language }

/** Who has an address, in whatever letters it is written. */
export async function personAt(database: Database, email: string): Promise<Person | undefined> {
  const row = await living(database)
    .where((where) => where(where.fn('lower', ['email']), '=', where.fn('lower', [where.val(email)])))
    .executeTakeFirst()
  return row && toPerson(row)
}

/** Somebody by their id; undefined also when they were erased. */
export async function personOf(database: Database, id: string): Promise<Person | undefined> {
  const row = await living(database).where('id', '=', id).executeTakeFirst()
  return row && toPerson(row)
}

/** Whether an address is somebody's own, as a mailed link or a provider showed; in whatever letters it is written. */
export async function hasConfirmed(database: Database, person: string, email: string): Promise<boolean> {
  const row = await living(database)
    .where('id', '=', person)
    .where('email_confirmed_at', 'is not', null)
    .where((where) => where(where.fn('lower', ['email']), '=', where.fn('lower', [where.val(email)])))
    .executeTakeFirst()
  return row !== undefined
}

/** Somebody by their id, and others who change how this person signs in wait until the transaction is over. */
export async function lockPerson(transaction: Database, id: string): Promise<Person | undefined> {
  const row = await living(transaction).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toPerson(row)
}

/**
 * Names, addresses and languages of persons, by their ids, to write to them or to name them. Who was erased is
 * missing. Whether the caller may see them is the work of whoever asks.
 */
export async function personsOf(
  database: Database,
  ids: readonly string[]
): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const rows = await living(database)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, toPerson(row)]))
}

function living(database: Database) {
  return database
    .selectFrom('people.person')
    .select(['id', 'name', 'email', 'language'])
    .where('erased_at', 'is', null)
}

function toPerson(row: { id: string; name: string; email: string | null; language: string }): Person {
  const { id, name, email, language } = row
  return { id, name, email: email!, language: languageOf(language) }
}

/** The language in which somebody is written to. */
export function languageOf(kept: string): Language {
  return isLanguage(kept) ? kept : defaultLanguage
}
