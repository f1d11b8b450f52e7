import { sql } from 'kysely'
import { personsOf, rolesIn } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Caller, SignedIn } from '#shared/identity/index.ts'
import { isSignedIn } from '#shared/identity/index.ts'
import './directory-tables.server.ts'

/** Somebody who works for a body now, by their own post or instead of somebody. */
export type Officer = {
  /** people.role */
  role: string
  person: string
  name: string
  email: string
  since: string
  until: string | null
  insteadOf: { person: string; name: string } | null
  /** Designated as head of the body: may add and end officers. */
  head: boolean
  /** Ids of the units they work in; none: the body as a whole. */
  units: string[]
}

/** Who works for a body now, in the order in which they began. */
export async function officersOf(database: Database, body: string): Promise<Officer[]> {
  const [roles, posts] = await Promise.all([rolesIn(database, { body }), postsIn(database, body)])
  const persons = await personsOf(
    database,
    roles.map(({ person }) => person)
  )
  const holder = new Map(roles.map(({ held, person }) => [held.id, person]))
  return roles.flatMap(({ held, person, from, until, insteadOf }): Officer[] => {
    const known = persons.get(person)
    if (!known) return []
    const represented = insteadOf === null ? undefined : holder.get(insteadOf)
    // A substitute works where the officer does, and is head where they are.
    const own = posts.filter((post) => post.person === (represented ?? person))
    return [
      {
        role: held.id,
        person,
        name: known.name,
        email: known.email,
        since: from.toString(),
        until: until?.toString() ?? null,
        insteadOf: represented ? { person: represented, name: persons.get(represented)?.name ?? '' } : null,
        head: own.some(({ unit }) => unit === null),
        units: own.flatMap(({ unit }) => unit ?? [])
      }
    ]
  })
}

/** Whether the caller acts as head of the body now. */
export async function isHead(database: Database, caller: Caller, body: string): Promise<boolean> {
  if (!isSignedIn(caller) || caller.acting?.role !== 'officer' || caller.acting.body !== body) return false
  const officers = await officersOf(database, body)
  return officers.some(({ role, head }) => role === caller.acting!.id && head)
}

/** For whom the caller acts in the role they act in: people.person; undefined: for themselves. */
export async function insteadOfWhom(database: Database, caller: SignedIn): Promise<string | undefined> {
  if (caller.acting?.role !== 'officer') return undefined
  const found = await database
    .selectFrom('directory.substitution')
    .select('officer')
    .where('substitute_role', '=', caller.acting.id)
    .executeTakeFirst()
  return found?.officer
}

type Post = { person: string; unit: string | null }

async function postsIn(database: Database, body: string): Promise<Post[]> {
  return database
    .selectFrom('directory.post')
    .select(['person', 'unit'])
    .where('body', '=', body)
    .where((where) =>
      where.or([where('until_at', 'is', null), where('until_at', '>', sql<never>`clock_timestamp()`)])
    )
    .execute()
}

/** Gives an officer the posts they hold from now on: head of the body or not, and units. Others end. */
export async function settlePosts(
  transaction: Database,
  {
    body,
    person,
    head,
    units,
    by
  }: { body: string; person: string; head: boolean; units: readonly string[]; by: string | null }
): Promise<void> {
  const wanted: (string | null)[] = [...(head ? [null] : []), ...units]
  const held = (await postsIn(transaction, body)).filter((post) => post.person === person)
  for (const { unit } of held.filter((post) => !wanted.includes(post.unit))) {
    await transaction
      .updateTable('directory.post')
      .set({ until_at: sql`clock_timestamp()` })
      .where('body', '=', body)
      .where('person', '=', person)
      .where('unit', unit === null ? 'is' : '=', unit)
      .where('until_at', 'is', null)
      .execute()
  }
  const missing = wanted.filter((unit) => !held.some((post) => post.unit === unit))
  if (missing.length === 0) return
  await transaction
    .insertInto('directory.post')
    .values(missing.map((unit) => ({ body, person, unit, given_by: by })))
    .execute()
}
